import { describe, expect, it } from 'vitest';
import {
  EMPTY_CASE,
  readCase,
  switchedSpending,
  switchedText,
  withCase,
  withDevice,
} from '../../../src/page/map/case/caseForm.ts';
import { DEVICES } from '../../../src/page/map/devices.ts';

const CASE = { ...EMPTY_CASE, tokens: '3M', flops: '1e18' };

describe('a case', () => {
  it('is text in tokens and compute in operations', () => {
    expect(readCase(CASE)).toMatchObject({
      compute: 1e18,
      targetTokens: 3e6,
      margin: 0,
      limits: {},
      problems: {},
    });
  });

  it('of bytes becomes tokens by the bytes of one', () => {
    const form = { ...CASE, textIn: 'bytes', bytes: '12M', bytesPerToken: '4' } as const;
    expect(readCase(form).targetTokens).toBe(3e6);
    expect(readCase({ ...form, bytesPerToken: 'x' })).toMatchObject({
      targetTokens: null,
      problems: { bytesPerToken: expect.stringContaining('not a number') },
    });
  });

  it('of hours becomes operations by what the device reaches', () => {
    const form = { ...CASE, spendIn: 'hours', hours: '2', peak: '100', utilisation: '50' } as const;
    expect(readCase(form).compute).toBe(2 * 3600 * 100e12 * 0.5);
  });

  it('says nothing of fields that are not asked', () => {
    expect(readCase({ ...CASE, bytes: 'nonsense', hours: '' }).problems).toEqual({});
  });

  it('takes limits where there are some', () => {
    expect(
      readCase({ ...CASE, maxN: '10M', maxSourceTokens: '0', withinRuns: true, margin: '0.02' }),
    ).toMatchObject({
      limits: { maxN: 1e7, maxSourceTokens: 0, withinRuns: true },
      margin: 0.02,
    });
    expect(readCase({ ...CASE, maxEpochs: '-1' }).problems).toEqual({ maxEpochs: 'Must be 0.001 or more.' });
  });

  it('is the same when it is said the other way', () => {
    const bytes = switchedText({ ...CASE, bytesPerToken: '4' }, 'bytes');
    expect(bytes.bytes).toBe('12000000');
    expect(switchedText(bytes, 'tokens').tokens).toBe('3000000');
    const hours = switchedSpending(CASE, 'hours');
    expect(readCase(hours).compute! / 1e18).toBeCloseTo(1, 3);
    expect(readCase(switchedSpending(hours, 'flops')).compute! / 1e18).toBeCloseTo(1, 3);
  });

  it('takes a place, and a device with its numbers', () => {
    expect(withCase({ ...CASE, textIn: 'bytes' }, { compute: null, targetTokens: 5e6 })).toMatchObject({
      textIn: 'tokens',
      tokens: '5000000',
      flops: '1e18',
    });
    // A power of two stays one.
    expect(withCase(CASE, { compute: null, targetTokens: 131_072 }).tokens).toBe('131072');
    const [first] = DEVICES;
    expect(withDevice(CASE, first!.name)).toMatchObject({
      device: first!.name,
      peak: '2250',
      utilisation: '35',
    });
    expect(withDevice(CASE, 'unheard of')).toEqual({ ...CASE, device: '' });
  });
});

it('devices are named once, and reach a part of what they can', () => {
  expect(new Set(DEVICES.map(({ name }) => name)).size).toBe(DEVICES.length);
  for (const { peak, utilisation } of DEVICES) {
    expect(peak).toBeGreaterThan(1e11);
    expect(utilisation).toBeGreaterThan(0);
    expect(utilisation).toBeLessThan(1);
  }
});
