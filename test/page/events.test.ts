import { expect, test } from 'vitest';
import { parseTrainConfig } from '../../src/formats/config.ts';
import type { RunRecord } from '../../src/formats/record.ts';
import { phaseWords } from '../../src/page/control/phaseWords.ts';
import { takeEvent } from '../../src/page/events.ts';
import { LabState } from '../../src/page/state.ts';
import { realise } from '../../src/recipe/accounting.ts';
import { makePlan } from '../../src/recipe/plan.ts';
import type { FleetNumbers, TrainEvent } from '../../src/train/events.ts';

const config = parseTrainConfig(
  {
    version: 1,
    name: 'bilingual',
    corpora: { target: 'file:a', source: 'file:b' },
    model: {},
    recipe: { targetTokens: 4096, epochs: 1, ratio: 0.5 },
  },
  'bilingual',
);

/** What a run that has read two batches leaves; only its status matters here. */
function recordOf(status: RunRecord['status']): RunRecord {
  const plan = makePlan({
    recipe: config.recipe,
    batch: config.optimizer.batch,
    context: config.model.context,
    targetTokensAvailable: 8192,
    sourceTokensAvailable: 8192,
    targetOffset: 0,
    sourceOffset: 8192,
    seed: 1,
  });
  return {
    version: 1,
    id: 'abcdef012345',
    config,
    realised: {
      ...realise(plan, { N: 1000, rewarms: false, steps: 2 }),
      embedding: 0,
      blocks: 900,
      head: 100,
      flops: 1,
    },
    curve: [{ step: 2, tokens: 1024, loss: 5 }],
    final: null,
    status,
    tuning: {},
    device: { vendor: '', architecture: '', device: '', description: '', software: true },
    versions: {},
    seconds: 1,
    warnings: [],
  };
}

test('a run that ends shows the step it took last, which its curve need not hold', () => {
  const state = new LabState();
  const runs = [{ run: config.name, config, record: recordOf('stopped'), step: 2, damage: null }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: true, runs } });
  const record = recordOf('stopped');
  const ended = { ...record, curve: [{ step: 1, tokens: 512, loss: 5 }] };
  takeEvent(state, { event: 'train', events: [{ event: 'done', run: config.name, record: ended }] });
  expect(record.realised.steps).toBe(2);
  expect(state.runs.value.find(({ run }) => run === config.name)?.step).toBe(2);
});

test.each([
  { status: 'stopped', phase: 'stopped' },
  { status: 'done', phase: 'done' },
] as const)(
  'a saved fleet that is over and whose run is $status comes back as $phase',
  ({ status, phase }) => {
    const state = new LabState();
    const runs = [{ run: config.name, config, record: recordOf(status), step: 2, damage: null }];
    const saved = { begunAt: 0, finished: true, runs };
    takeEvent(state, { event: 'saved', saved });
    expect(state.phase.value).toBe(phase);
    expect(state.busy.value).toBe(false);
    expect(state.interrupted.value).toBeNull();
  },
);

test.each([
  { finished: true, damage: null, offered: false, phase: 'done' },
  { finished: false, damage: null, offered: true, phase: 'idle' },
  { finished: true, damage: 'run.json is empty', offered: true, phase: 'idle' },
  { finished: false, damage: 'run.json is empty', offered: true, phase: 'idle' },
])('a saved fleet (finished: $finished, damage: $damage) is offered: $offered', (given) => {
  const state = new LabState();
  const runs = [{ run: config.name, config, record: null, step: 0, damage: given.damage }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: given.finished, runs } });
  expect(state.interrupted.value !== null).toBe(given.offered);
  expect(state.phase.value).toBe(given.phase);
});

const wordsOf = ({ phase, tunedClasses, tokenizing }: LabState) =>
  phaseWords(phase.value, { tunedClasses: tunedClasses.value, tokenizing: tokenizing.value });

const FLEET = {
  event: 'fleet',
  runs: ['a', 'b', 'c'],
  size: 2,
  wanted: 3,
  bytes: 4096,
  bytesPerRun: 2048,
  throughput: [],
  reason: 'Two of three runs train at once: more memory is not allowed.',
} as const;

test('why the fleet is as large as it is stands by its progress until the next one begins', () => {
  const state = new LabState();
  takeEvent(state, { event: 'train', events: [FLEET] });
  expect(state.fleetChoice.value).toBe(FLEET.reason);
  expect(state.notices.value).toEqual([]);
  const putBack = state.keepRuns();
  state.clearRuns();
  expect(state.fleetChoice.value).toBeNull();
  putBack();
  expect(state.fleetChoice.value).toBe(FLEET.reason);
});

/** What is told when a group of these runs begins; the page reads no facts of its fleet. */
const startOf = (...runs: string[]) =>
  ({
    event: 'start',
    runs: runs.map((run) => ({ run, realised: recordOf('done').realised, warnings: [], step: 0 })),
    facts: {} as FleetNumbers,
  }) as const;

test('runs of a fleet that is smaller than its list wait until they train, or end without', () => {
  const state = new LabState();
  const statuses = () => Object.fromEntries(state.runs.value.map(({ run, status }) => [run, status]));
  const take = (...events: TrainEvent[]) => takeEvent(state, { event: 'train', events });
  const lossOf = (run: string) => ({ event: 'loss', run, step: 1, tokens: 512, loss: 5 }) as const;
  // Slots are taken in another order than the one in which the runs stand in the table.
  take(startOf('d', 'c', 'b', 'a'), { ...FLEET, runs: ['a', 'b', 'c', 'd'], wanted: 4 });
  expect(statuses()).toEqual({ a: 'training', b: 'training', c: 'waiting', d: 'waiting' });
  take(lossOf('a'), { event: 'done', run: 'a', record: recordOf('done') });
  expect(statuses()).toEqual({ a: 'done', b: 'training', c: 'waiting', d: 'waiting' });
  take(lossOf('c'), { event: 'done', run: 'd', record: recordOf('stopped') });
  expect(statuses()).toEqual({ a: 'done', b: 'training', c: 'training', d: 'stopped' });
});

test('a group of one run, which tells no size, does not stand under the size of the group before', () => {
  const state = new LabState();
  takeEvent(state, { event: 'train', events: [startOf('a', 'b', 'c'), FLEET] });
  expect(state.fleetChoice.value).toBe(FLEET.reason);
  takeEvent(state, { event: 'train', events: [startOf('d')] });
  expect(state.fleetChoice.value).toBeNull();
});

test('warnings of the trainer and notices of the worker stand side by side, each once', () => {
  const state = new LabState();
  const message = 'its kernels are not known here; last bits may differ.';
  const warnings = [
    { event: 'warning', run: 'bilingual', message },
    { event: 'warning', run: 'bilingual', message },
    { event: 'warning', message: 'No run was named.' },
  ] as const;
  takeEvent(state, { event: 'train', events: warnings });
  takeEvent(state, { event: 'notice', message: 'The GPU was lost.' });
  expect(state.notices.value).toEqual([`Bilingual: ${message}`, 'No run was named.', 'The GPU was lost.']);
});

test('while kernels are measured the page says so, and no longer', () => {
  const state = new LabState();
  const words = () => wordsOf(state);
  takeEvent(state, { event: 'phase', phase: 'preparing' });
  expect(words()).toBe('Preparing the fleet…');
  takeEvent(state, { event: 'tuning', classes: 0 });
  takeEvent(state, { event: 'tuning', classes: 1 });
  expect(words()).toBe('Choosing the fastest kernels for this device, once: 1 measured…');
  takeEvent(state, { event: 'phase', phase: 'training' });
  expect(words()).toBe('Training');
  // The second of two fleets may have other kernels.
  takeEvent(state, { event: 'tuning', classes: 2 });
  expect(words()).toContain('2 measured');
  takeEvent(state, { event: 'train', events: [FLEET] });
  expect(words()).toBe('Training');
  // A step that is measured on its own.
  takeEvent(state, { event: 'phase', phase: 'idle' });
  takeEvent(state, { event: 'tuning', classes: 3 });
  takeEvent(state, { event: 'tuning', classes: null });
  expect(words()).toBe('Not started');
});

test('while a tokenizer is trained the page says how far it is', () => {
  const state = new LabState();
  takeEvent(state, { event: 'phase', phase: 'preparing' });
  takeEvent(state, { event: 'tokenizing', round: 1, share: 0.425 });
  expect(wordsOf(state)).toBe('Training the tokenizer: 42 %…');
  takeEvent(state, { event: 'tokenizing', round: 2, share: 0 });
  expect(wordsOf(state)).toMatch(/once more.*0 %/);
  takeEvent(state, { event: 'tokenizer', facts: BPE });
  expect(wordsOf(state)).toBe('Preparing the fleet…');
  expect(state.tokenizerOf('source')).toBe(BPE.source);
});

/** Two bytes a token in one text, four in the other. */
const BPE = {
  kind: 'bpe',
  vocabulary: 1024,
  target: { trainTokens: 1, validationTokens: 1, tokensPerByte: 0.5, tokensPerWord: 2 },
  source: { trainTokens: 1, validationTokens: 1, tokensPerByte: 0.25, tokensPerWord: 2 },
} as const;

test('losses of tokens that are not bytes are shown in bits a byte', () => {
  const state = new LabState();
  takeEvent(state, { event: 'tokenizer', facts: BPE });
  const bilingual = { ...recordOf('done').realised, r: 0.5 };
  const runs = [{ run: 'bilingual', realised: bilingual, warnings: [], step: 0 }];
  const start = { event: 'start', runs, facts: {} as FleetNumbers } as const;
  const loss = { event: 'loss', run: 'bilingual', step: 1, tokens: 512, loss: Math.LN2 } as const;
  takeEvent(state, { event: 'train', events: [start, loss] });
  // A token of each language: two tokens, two bits, six bytes.
  expect(state.curves.get('bilingual')?.training).toEqual([{ tokens: 512, bits: expect.closeTo(2 / 6) }]);
});

test('a record of such losses comes back in the same unit', () => {
  const measured = {
    targetLoss: 4 * Math.LN2,
    targetLossError: Math.LN2,
    targetBitsPerByte: 2,
    sourceLoss: 4 * Math.LN2,
    sourceBitsPerByte: 1,
  };
  const state = new LabState();
  const record: RunRecord = {
    ...recordOf('done'),
    curve: [
      { step: 2, tokens: 1024, loss: 4 * Math.LN2, targetLoss: 4 * Math.LN2, sourceLoss: 4 * Math.LN2 },
    ],
    final: { ...measured, best: { ...measured, step: 2 } },
    references: { floorBitsPerByte: 0.7, ngramBitsPerByte: null },
  };
  const runs = [{ run: config.name, config, record, step: 2, damage: null }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: true, runs } });
  const curve = state.curves.get(config.name);
  expect(curve?.target[0]?.bits).toBeCloseTo(2);
  expect(curve?.source[0]?.bits).toBeCloseTo(1);
  expect(curve?.training[0]?.bits).toBeGreaterThan(1);
  expect(curve?.training[0]?.bits).toBeLessThan(2);
  expect(state.runs.value[0]?.targetBitsError).toBeCloseTo(0.5);
  expect(state.references.value).toEqual(record.references);
});

test('a new fleet is not held against what the last one was', () => {
  const state = new LabState();
  const references = { floorBitsPerByte: 0.7, ngramBitsPerByte: 2 };
  takeEvent(state, { event: 'references', references });
  const putBack = state.keepRuns();
  state.clearRuns();
  expect(state.references.value).toBeNull();
  putBack();
  expect(state.references.value).toEqual(references);
});
