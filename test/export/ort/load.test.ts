import { afterEach, expect, test, vi } from 'vitest';
import { OrtRunError, OrtUnavailableError } from '../../../src/export/ort/errors.ts';
import { ortRuntime } from '../../../src/export/ort/load.ts';

afterEach(() => vi.unstubAllGlobals());

test('the runtime says its name, its version and what it runs on', async () => {
  expect(await ortRuntime()).toMatchObject({
    name: expect.stringMatching(/^onnxruntime-web \d+\.\d+\.\d+$/),
    provider: 'wasm',
  });
});

test('bytes that are no model are refused in words, and the runtime lives on', async () => {
  const runtime = await ortRuntime();
  const garbage = new TextEncoder().encode('hello, this is no model');
  await expect(runtime.create(garbage)).rejects.toThrow(OrtRunError);
  await expect(runtime.create(garbage)).rejects.toThrow(/^ONNX Runtime: the model cannot be opened \(.+\)$/);
  expect(await ortRuntime()).toMatchObject({ provider: 'wasm' });
});

// The other provider, because the first has been loaded, by this file or another of the process.
test('without network it is unavailable, in words, and asked again the next time', async () => {
  let asked = 0;
  vi.stubGlobal('fetch', async () => {
    asked++;
    throw new TypeError('Failed to fetch');
  });
  const load = () => ortRuntime({ provider: 'webgpu', wasm: 'https://lab.invalid/ort.wasm' });
  const failure = await load().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OrtUnavailableError);
  expect(failure).toMatchObject({ provider: 'webgpu', stage: 'fetch' });
  await expect(load()).rejects.toThrow(
    'ONNX Runtime cannot be loaded: its WebAssembly did not come (Failed to fetch); when the network is back, try again',
  );
  expect(asked).toBe(2);
  vi.stubGlobal('fetch', async () => new Response('', { status: 404, statusText: 'Not Found' }));
  await expect(load()).rejects.toThrow('the server says 404 Not Found');
});

test('a provider that this place does not have is unavailable', async () => {
  const failure = await ortRuntime({ provider: 'webgpu' }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OrtUnavailableError);
  expect(failure).toMatchObject({
    provider: 'webgpu',
    stage: 'start',
    message: expect.stringContaining('WebGPU'),
  });
});
