import { expect, test } from 'vitest';
import { probeEngine, probeWindows } from '../../src/export/probe.ts';

const tokens = (count: number) => Uint16Array.from({ length: count }, (_, i) => i);

test('windows overlap in the token that one predicts and the next begins with, and are spread over the text', () => {
  expect(probeWindows(tokens(16), { context: 16, vocabulary: 257 })).toBeNull();
  expect(probeWindows(tokens(17), { context: 16, vocabulary: 257 })).toEqual({
    windows: tokens(17),
    count: 1,
    context: 16,
  });
  const { windows, count } = probeWindows(tokens(16 * 40 + 9), { context: 16, vocabulary: 257 })!;
  expect(count).toBe(16);
  const starts = Array.from({ length: count }, (_, i) => windows[i * 17]!);
  expect(starts.slice(0, 4)).toEqual([0, 32, 80, 112]);
  expect(starts.at(-1)).toBe(16 * 37);
  expect(windows[17 * 16 - 1]).toBe(16 * 38);
});

test('of a large vocabulary there are fewer, then one, then a shorter one', () => {
  const shape = (vocabulary: number) => {
    const { count, context, windows } = probeWindows(tokens(2 ** 15), { context: 1024, vocabulary })!;
    expect(windows).toHaveLength(count * (context + 1));
    return [count, context];
  };
  expect([257, 4096, 16_384, 65_536].map(shape)).toEqual([
    [16, 1024],
    [4, 1024],
    [1, 1024],
    [1, 256],
  ]);
});

test('the engine is asked for each window without its last token, and stops when it is told to', async () => {
  const probe = probeWindows(tokens(16 * 2 + 1), { context: 16, vocabulary: 3 })!;
  const stop = new AbortController();
  const generator = {
    everyLogits: async (window: Uint16Array) => {
      expect(window).toHaveLength(16);
      return Float32Array.from({ length: 48 }, (_, i) => window[0]! + i);
    },
  };
  const { logits, windows } = await probeEngine(generator, probe, 3, stop.signal);
  expect([...logits]).toEqual([0, 16].flatMap((first) => Array.from({ length: 48 }, (_, i) => first + i)));
  expect(windows).toBe(probe.windows);
  stop.abort();
  await expect(probeEngine(generator, probe, 3, stop.signal)).rejects.toThrow('aborted');
});
