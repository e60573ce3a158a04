import { describe, expect, test } from 'vitest';
import {
  fastEnough,
  mayGrow,
  mostByMemory,
  reasonOf,
  type SizeFacts,
  sizesToMeasure,
} from '../../src/train/fleet/size.ts';

/** 100 bytes that all share, and 10 a run. */
const facts = (changes: Partial<SizeFacts> = {}): SizeFacts => ({
  wanted: 32,
  asked: null,
  mostByLimits: 1000,
  bytesOf: (slots) => 100 + 10 * slots,
  memoryBytes: null,
  ...changes,
});

describe('what memory allows', () => {
  test.each<[string, Partial<SizeFacts>, number, string]>([
    ['all runs, where nothing forbids it', {}, 32, 'none'],
    ['as many as the limits allow', { mostByLimits: 7 }, 7, 'limits'],
    ['as many as the memory holds, to the byte', { memoryBytes: 200 }, 10, 'memory'],
    ['one fewer where a byte is missing', { memoryBytes: 199 }, 9, 'memory'],
    ['all, where the memory just holds them', { memoryBytes: 420 }, 32, 'none'],
    ['the smaller of limits and memory', { mostByLimits: 7, memoryBytes: 200 }, 7, 'limits'],
    ['one, where not even one seems to fit: the device will say', { memoryBytes: 5 }, 1, 'memory'],
    ['as many as were asked for, whatever the memory', { asked: 20, memoryBytes: 200 }, 20, 'asked'],
    ['no more than there are', { asked: 50 }, 32, 'none'],
    ['no more than the limits allow', { asked: 20, mostByLimits: 7 }, 7, 'limits'],
    ['one of one', { wanted: 1 }, 1, 'none'],
  ])('%s', (_, changes, size, bound) => {
    expect(mostByMemory(facts(changes))).toEqual({ size, bound });
  });
});

describe('what is measured', () => {
  test('is every power of two below the largest, and the largest', () => {
    expect(sizesToMeasure(1)).toEqual([1]);
    expect(sizesToMeasure(2)).toEqual([1, 2]);
    expect(sizesToMeasure(5)).toEqual([1, 2, 4, 5]);
    expect(sizesToMeasure(64)).toEqual([1, 2, 4, 8, 16, 32, 64]);
  });

  const measured = (...speeds: number[]) =>
    speeds.map((tokensPerSecond, i) => ({ runs: 2 ** i, tokensPerSecond }));

  test('chooses the smallest size that reaches 95 % of the best', () => {
    expect(fastEnough(measured(100)).chosen.runs).toBe(1);
    expect(fastEnough(measured(100, 190, 340, 500, 510)).chosen.runs).toBe(8);
    expect(fastEnough(measured(100, 104)).chosen.runs).toBe(1);
    expect(fastEnough(measured(100, 106)).chosen.runs).toBe(2);
    // The best need not be the largest.
    expect(fastEnough(measured(100, 200, 150))).toEqual({
      chosen: { runs: 2, tokensPerSecond: 200 },
      best: { runs: 2, tokensPerSecond: 200 },
    });
    expect(() => fastEnough([])).toThrow(RangeError);
  });

  test('ends where twice the runs bring next to nothing', () => {
    expect(mayGrow(measured(100))).toBe(true);
    expect(mayGrow(measured(100, 150))).toBe(true);
    expect(mayGrow(measured(100, 150, 152))).toBe(false);
    expect(mayGrow(measured(100, 90))).toBe(false);
  });
});

describe('the reason', () => {
  const most = { size: 32, bound: 'none' } as const;
  const bytesOf = (slots: number) => 1e6 * (100 + 10 * slots);

  test.each<[string, Parameters<typeof reasonOf>, string]>([
    [
      'all at once',
      [{ size: 32, most, throughput: [], lacking: null }, facts({ bytesOf })],
      'All 32 runs train side by side: 420 MB on the device.',
    ],
    [
      'all at once, where a processor plays the GPU',
      [{ size: 32, most, throughput: [], lacking: null, software: true }, facts({ bytesOf })],
      'All 32 runs train side by side: a processor is as fast with many as with one, so nothing was measured; 420 MB on the device.',
    ],
    [
      'memory',
      [
        { size: 10, most: { size: 10, bound: 'memory' }, throughput: [], lacking: null },
        facts({ bytesOf, memoryBytes: 200e6 }),
      ],
      '10 of 32 runs train at a time, and the others wait for a slot: each further run takes 10 MB, and 200 MB may be used; 200 MB on the device.',
    ],
    [
      'limits',
      [{ size: 7, most: { size: 7, bound: 'limits' }, throughput: [], lacking: null }, facts({ bytesOf })],
      '7 of 32 runs train at a time, and the others wait for a slot: the device allows no larger buffers; 170 MB on the device.',
    ],
    [
      'speed',
      [
        {
          size: 2,
          most,
          throughput: [
            { runs: 1, tokensPerSecond: 1000 },
            { runs: 2, tokensPerSecond: 1960 },
            { runs: 4, tokensPerSecond: 2000 },
          ],
          lacking: null,
        },
        facts({ bytesOf }),
      ],
      '2 of 32 runs train at a time, and the others wait for a slot: measured, this gives 98 % of the 2,000 tokens/s that 4 at a time give; 120 MB on the device.',
    ],
    [
      'lack of memory, seen too late',
      [{ size: 16, most, throughput: [], lacking: 32 }, facts({ bytesOf })],
      '16 of 32 runs train at a time, and the others wait for a slot: the device has no memory for 32; 260 MB on the device.',
    ],
    [
      'a wish',
      [{ size: 4, most: { size: 4, bound: 'asked' }, throughput: [], lacking: null }, facts({ asked: 4 })],
      '4 of 32 runs train at a time, and the others wait for a slot: as was asked for; 0.00014 MB on the device.',
    ],
  ])('%s', (_, [choice, all], words) => {
    expect(reasonOf(choice, all)).toBe(words);
  });
});
