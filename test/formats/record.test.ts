import { expect, test } from 'vitest';
import { parseTrainConfig } from '../../src/formats/config.ts';
import { parseRunRecord, type RunRecord } from '../../src/formats/record.ts';
import { KINDS, realise } from '../../src/recipe/accounting.ts';
import { makePlan } from '../../src/recipe/plan.ts';

const config = parseTrainConfig(
  {
    version: 1,
    corpora: { target: 'world:sw', source: 'world:en' },
    recipe: { targetTokens: 6401, ratio: 0.5 },
  },
  'test',
);
const plan = makePlan({
  recipe: config.recipe,
  batch: config.optimizer.batch,
  context: config.model.context,
  targetTokensAvailable: 100_000,
  sourceTokensAvailable: 100_000,
  targetOffset: 0,
  sourceOffset: 100_000,
  seed: config.seed,
});
const losses = {
  targetLoss: 1.6,
  targetLossError: 0.01,
  targetBitsPerByte: 2.3,
  sourceLoss: null,
  sourceBitsPerByte: null,
};
const record: RunRecord = {
  version: 1,
  id: 'abcdef012345',
  config,
  realised: {
    ...realise(plan, { N: 98_000, rewarms: false }),
    embedding: 0,
    blocks: 82_000,
    head: 16_000,
    flops: 1e10,
  },
  curve: [
    { step: 1, tokens: 512, loss: 5.5 },
    { step: 2, tokens: 1024, loss: 5.1, targetLoss: 5.2, sourceLoss: 5 },
  ],
  final: { ...losses, best: { ...losses, step: 2 } },
  status: 'done',
  tuning: { gradientSlices: 4 },
  device: {
    vendor: 'v',
    architecture: 'a',
    device: 'd',
    description: '',
    software: true,
    features: ['shader-f16'],
  },
  versions: { m3lab: '0.1.0' },
  seconds: 12.5,
  warnings: [],
};

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a record survives its file', () => {
  expect(parseRunRecord(asJson(record), 'run.json')).toEqual(record);
});

test('a record holds what the target is held against, and one from before it was measured does not', () => {
  const references = { floorBitsPerByte: 0.8, ngramBitsPerByte: null };
  expect(parseRunRecord(asJson({ ...record, references }), 'run.json').references).toEqual(references);
  const short = { floorBitsPerByte: null, ngramBitsPerByte: 2, ngramTrainedBytes: 12_345 };
  expect(parseRunRecord(asJson({ ...record, references: short }), 'run.json').references).toEqual(short);
  expect(parseRunRecord(asJson(record), 'run.json').references).toBeUndefined();
});

test('a record of a run that is done holds the halves of its final loss, and one from before they were measured does not', () => {
  const halves = { targetHalves: [1.5, 1.7], targetHalvesBitsPerByte: [2.2, 2.4] } as const;
  const best = { ...losses, step: 2 };
  const final = { ...losses, ...halves, best };
  expect(parseRunRecord(asJson({ ...record, final }), 'run.json').final).toEqual(final);
  const three = { ...losses, targetHalves: [1, 2, 3], best };
  expect(() => parseRunRecord(asJson({ ...record, final: three }), 'run.json')).toThrow(
    /final\.targetHalves/,
  );
  // Halves of a validation that was made on the way would be of too few windows.
  const ofBest = { ...losses, best: { ...best, ...halves } };
  expect(() => parseRunRecord(asJson({ ...record, final: ofBest }), 'run.json')).toThrow(
    /final\.best\.targetHalves/,
  );
});

test('every kind of the recipes is a kind of the records', () => {
  for (const kind of KINDS) {
    const changed = { ...record, realised: { ...record.realised, kind } };
    expect(parseRunRecord(asJson(changed), 'run.json').realised.kind).toBe(kind);
  }
});

test('a run that ended before any validation has no final losses', () => {
  expect(parseRunRecord(asJson({ ...record, final: null, status: 'diverged' }), 'run.json').final).toBeNull();
});

test.each<[string, unknown, RegExp]>([
  [
    'a loss that is not finite',
    { ...record, curve: [{ step: 1, tokens: 1, loss: Number.NaN }] },
    /curve\.0\.loss: null is not a number/,
  ],
  [
    'an unknown field',
    { ...record, realised: { ...record.realised, kin: 1 } },
    /realised\.kin: there is no such field; did you mean kind\?/,
  ],
  ['an unknown field of the config', { ...record, config: { ...config, sede: 1 } }, /config\.sede: .*seed\?/],
  [
    'an unknown field of the references',
    { ...record, references: { floorBitsPerByte: 1, ngramBitsPerByte: 2, floor: 1 } },
    /references\.floor: .*known fields are floorBitsPerByte/,
  ],
  ['another status', { ...record, status: 'fine' }, /status: "fine" is not "done" or/],
  ['a missing field', { ...record, warnings: undefined }, /warnings: this field is missing/],
])('%s is refused', (_, json, message) => {
  expect(() => parseRunRecord(asJson(json), 'run.json')).toThrow(message);
  expect(() => parseRunRecord(asJson(json), 'run.json')).toThrow(/^run\.json: /);
});

test('a point of the curve has no training loss where nothing was trained on yet', () => {
  const curve = [{ step: 0, tokens: 0, targetLoss: 5.5 }, ...record.curve];
  expect(parseRunRecord(JSON.parse(JSON.stringify({ ...record, curve })), 'run.json').curve).toEqual(curve);
});
