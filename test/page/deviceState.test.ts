import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppState } from '../../src/page/appState.ts';
import { DeviceState } from '../../src/page/deviceState.ts';
import type { AdapterFacts } from '../../src/worker/api/fleet.ts';

const ADAPTER: AdapterFacts = { vendor: 'v', architecture: 'a', description: 'd', software: false };
const PEAK = { flopsPerSecond: 1e12, bytesPerSecond: 1e11 };

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What a visit with this adapter knows. */
function visit(adapter: AdapterFacts = ADAPTER): DeviceState {
  const app = new AppState();
  const device = new DeviceState(app);
  app.adapter.value = { ok: true, value: adapter };
  return device;
}

test('what a device can do is known to the next visit, and to no other device', () => {
  const device = visit();
  expect(device.facts.value).toEqual({ peak: null, flopsPerSecond: null });
  device.setPeak(PEAK);
  device.addSpeed(2e9);
  device.remember();
  expect(visit().facts.value).toEqual({ peak: PEAK, flopsPerSecond: 2e9 });
  expect(visit({ ...ADAPTER, vendor: 'w' }).facts.value).toEqual({ peak: null, flopsPerSecond: null });
});

test('a speed is followed slowly, and told when it has become another one', () => {
  const device = visit();
  device.addSpeed(100);
  device.addSpeed(Number.NaN);
  device.addSpeed(0);
  device.addSpeed(200);
  expect(device.facts.value.flopsPerSecond).toBe(100);
  for (let times = 0; times < 100; times++) device.addSpeed(200);
  expect(device.facts.value.flopsPerSecond).toBeGreaterThan(170);
  device.remember();
  expect(device.facts.value.flopsPerSecond).toBeGreaterThan(199);
});

test.each(['{', '[]', 'null', '{"x":1}'])('a memory that cannot be read is none: %s', (text) => {
  stored.set('m3lab:device', text);
  expect(visit().facts.value).toEqual({ peak: null, flopsPerSecond: null });
  const name = JSON.stringify(Object.values(ADAPTER));
  stored.set('m3lab:device', JSON.stringify({ [name]: { peak: { flopsPerSecond: 'fast' } } }));
  expect(visit().facts.value.peak).toBeNull();
});

test('a browser that keeps nothing is no hindrance', () => {
  vi.stubGlobal('localStorage', undefined);
  const device = visit();
  device.setPeak(PEAK);
  expect(device.facts.value.peak).toEqual(PEAK);
});
