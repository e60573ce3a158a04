import { expect, test } from 'vitest';
import type { Corpus } from '../../src/text/corpus/corpus.ts';
import { bitsPerByte, evaluationWindows, FINAL_TOKENS, layOut, meanLoss } from '../../src/train/layout.ts';
import { sampleCorpora } from './fixtures.ts';

/** A corpus of so many tokens, each of another value. */
function counted(first: number, train: number, validation: number): Corpus {
  return {
    name: 'counted',
    sha256: '',
    validationSha256: null,
    train: Uint16Array.from({ length: train }, (_, i) => first + i),
    validation: Uint16Array.from({ length: validation }, (_, i) => first + 1000 + i),
    trainBytes: train,
    validationBytes: validation,
    documents: 1,
    validationDocuments: 1,
    floorBitsPerByte: null,
    dropped: {
      empty: 0,
      duplicates: 0,
      validationCopies: 0,
      validationTranslations: 0,
      nearDuplicates: 0,
    },
    sample: { read: { documents: 2, bytes: 0 }, kept: { documents: 2, bytes: 0 } },
    nearDuplicates: null,
  };
}

test('the corpora lie end to end, each where the layout says', () => {
  const layout = layOut(counted(0, 5, 3), counted(100, 4, 2));
  expect([...layout.tokens]).toEqual([0, 1, 2, 3, 4, 100, 101, 102, 103, 1000, 1001, 1002, 1100, 1101]);
  expect(layout.sourceTrain).toEqual({ from: 5, count: 4 });
  expect(layout.targetValidation).toEqual({ from: 9, count: 3 });
  expect(layout.sourceValidation).toEqual({ from: 12, count: 2 });
  expect(layOut(counted(0, 5, 3), null).sourceValidation.count).toBe(0);
});

test('evaluation windows: whole, apart, inside their language, the periodic ones in one stretch', async () => {
  const { target, source } = await sampleCorpora();
  const layout = layOut(target, source);
  const { windows, periodic, periodicTarget, periodicSource, ...all } = evaluationWindows(layout, 16, 4);
  const slice = ({ from, count }: { from: number; count: number }) => [
    ...windows.subarray(from, from + count),
  ];
  for (const [range, validation] of [
    [all.target, layout.targetValidation],
    [all.source, layout.sourceValidation],
  ] as const) {
    const starts = slice(range).sort((a, b) => a - b);
    expect(starts).toEqual(
      Array.from({ length: Math.floor((validation.count - 1) / 16) }, (_, i) => validation.from + 16 * i),
    );
  }
  expect(all.target.count + all.source.count).toBe(windows.length);
  expect(slice(periodic)).toEqual([...slice(periodicTarget), ...slice(periodicSource)]);
  expect([periodicTarget.count, periodicSource.count]).toEqual([4, 4]);
  expect(slice(all.target)).toEqual(expect.arrayContaining(slice(periodicTarget)));
  // Spread over the text, not its beginning.
  const last = Math.max(...slice(periodicTarget)) - layout.targetValidation.from;
  expect(last).toBeGreaterThan(layout.targetValidation.count / 2);
});

test('a long validation text is measured on its first 65,536 tokens, at any context', () => {
  const layout = layOut(counted(0, 100, 60_000), null);
  const longer = { ...layout, targetValidation: { from: 100, count: 200_000 } };
  for (const context of [16, 128, 1024]) {
    const { target, windows } = evaluationWindows(longer, context, 1_000_000);
    expect(target.count * context).toBe(FINAL_TOKENS);
    expect(Math.max(...windows) + context).toBe(100 + FINAL_TOKENS);
  }
  expect(evaluationWindows(layout, 1024, 8).target.count).toBe(58);
});

test('mean and standard error over windows', () => {
  // Windows of 4 tokens with mean losses 1, 2, 3 and 6: mean 3, deviation √(14/3), error √(14/3)/2.
  const sums = new Float32Array([99, 4, 8, 12, 24, 99]);
  const { nats, error } = meanLoss(sums, { from: 11, count: 4 }, 10, 4);
  expect(nats).toBe(3);
  expect(error).toBeCloseTo(Math.sqrt(14 / 3) / 2, 12);
  expect(meanLoss(sums, { from: 1, count: 1 }, 0, 4)).toEqual({ nats: 1, error: 0 });
  expect(meanLoss(sums, { from: 4, count: 4 }, 0, 4).nats).toBeNaN();
});

test('bits a byte', () => {
  expect(bitsPerByte(Math.LN2, 100, 100)).toBe(1);
  expect(bitsPerByte(2 * Math.LN2, 50, 100)).toBe(1);
});
