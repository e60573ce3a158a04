import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { parseTrainConfig } from '../../../src/formats/config.ts';
import type { RunRecord } from '../../../src/formats/record.ts';
import { AppState } from '../../../src/page/appState.ts';
import { phaseCount, phaseWords } from '../../../src/page/train/control/phaseWords.ts';
import { secondsAt } from '../../../src/page/train/curves.ts';
import { takeEvent } from '../../../src/page/train/events.ts';
import { TrainState } from '../../../src/page/train/state.ts';
import { realise } from '../../../src/recipe/accounting.ts';
import { makePlan } from '../../../src/recipe/plan.ts';
import type { FleetNumbers, TrainEvent } from '../../../src/train/events.ts';
import type { LabEvent } from '../../../src/worker/api/lab.ts';
import { facts } from '../facts.ts';

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

function blank(): TrainState {
  return new TrainState({ app: new AppState(), shown: signal(true) });
}

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
  const state = blank();
  const runs = [{ run: config.name, config, record: recordOf('stopped'), step: 2, damage: null, slot: null }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: true, runs } });
  const record = recordOf('stopped');
  const ended = { ...record, curve: [{ step: 1, tokens: 512, loss: 5 }] };
  takeEvent(state, {
    event: 'train',
    from: 'fleet',
    events: [{ event: 'done', run: config.name, record: ended }],
  });
  expect(record.realised.steps).toBe(2);
  expect(state.fleet.rows.value.find(({ run }) => run === config.name)?.step).toBe(2);
});

test.each([
  { status: 'stopped', phase: 'stopped' },
  { status: 'done', phase: 'done' },
] as const)(
  'a saved fleet that is over and whose run is $status comes back as $phase',
  ({ status, phase }) => {
    const state = blank();
    const runs = [{ run: config.name, config, record: recordOf(status), step: 2, damage: null, slot: null }];
    const saved = { begunAt: 0, finished: true, runs };
    takeEvent(state, { event: 'saved', saved });
    expect(state.fleet.phase.value).toBe(phase);
    expect(state.fleet.busy.value).toBe(false);
    expect(state.fleet.interrupted.value).toBeNull();
  },
);

test.each([
  { finished: true, damage: null, offered: false, phase: 'done' },
  { finished: false, damage: null, offered: true, phase: 'idle' },
  { finished: true, damage: 'run.json is empty', offered: true, phase: 'idle' },
  { finished: false, damage: 'run.json is empty', offered: true, phase: 'idle' },
])('a saved fleet (finished: $finished, damage: $damage) is offered: $offered', (given) => {
  const state = blank();
  const runs = [{ run: config.name, config, record: null, step: 0, damage: given.damage, slot: null }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: given.finished, runs } });
  expect(state.fleet.interrupted.value !== null).toBe(given.offered);
  expect(state.fleet.phase.value).toBe(given.phase);
});

test('a fleet that is removed elsewhere is offered no more', () => {
  const runs = [{ run: config.name, config, record: recordOf('stopped'), step: 2, damage: null, slot: null }];
  const gone: LabEvent = { event: 'saved', saved: null };
  const interrupted = blank();
  takeEvent(interrupted, { event: 'saved', saved: { begunAt: 0, finished: false, runs } });
  takeEvent(interrupted, gone);
  expect(interrupted.fleet.interrupted.value).toBeNull();
  expect(interrupted.fleet.rows.value).toEqual([]);
  const stopped = blank();
  takeEvent(stopped, { event: 'saved', saved: { begunAt: 0, finished: true, runs } });
  takeEvent(stopped, gone);
  expect(stopped.fleet.phase.value).toBe('done');
  expect(stopped.fleet.rows.value).toHaveLength(1);
});

/** What is said, and beside it what moves. */
const wordsOf = ({ fleet: { phase, tunedClasses, compiling, tokenizing } }: TrainState) => {
  const preparing = {
    tunedClasses: tunedClasses.value,
    compiling: compiling.value,
    tokenizing: tokenizing.value,
  };
  const count = phaseCount(preparing);
  return phaseWords(phase.value, preparing) + (count === null ? '' : ` ${count}`);
};

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
  const state = blank();
  takeEvent(state, { event: 'train', from: 'fleet', events: [FLEET] });
  expect(state.fleet.choice.value).toBe(FLEET.reason);
  expect(state.app.notices.value).toEqual([]);
  const putBack = state.fleet.keep();
  state.fleet.clear();
  expect(state.fleet.choice.value).toBeNull();
  putBack();
  expect(state.fleet.choice.value).toBe(FLEET.reason);
});

/** What is told when a group of these runs begins; the page reads no facts of its fleet. */
const startOf = (...runs: string[]) =>
  ({
    event: 'start',
    runs: runs.map((run) => ({ run, realised: recordOf('done').realised, warnings: [], step: 0 })),
    facts: { bytes: 4096 } as FleetNumbers,
  }) as const;

/** Losses of one run's batches, in nats a token. */
const lossesOf = (run: string, nats: number, step = 1): LabEvent => ({
  event: 'metrics',
  from: 'fleet',
  runs: [
    {
      run,
      losses: {
        steps: Uint32Array.of(step),
        tokens: Float64Array.of(512 * step),
        nats: Float32Array.of(nats),
      },
      evaluations: {
        steps: new Uint32Array(0),
        tokens: new Float64Array(0),
        targetBits: new Float32Array(0),
        sourceBits: new Float32Array(0),
      },
    },
  ],
});

test('runs of a fleet that is smaller than its list wait until they train, or end without', () => {
  const state = blank();
  const statuses = () => Object.fromEntries(state.fleet.rows.value.map(({ run, status }) => [run, status]));
  const take = (...events: TrainEvent[]) => takeEvent(state, { event: 'train', from: 'fleet', events });
  // Slots are taken in another order than the one in which the runs stand in the table.
  take(startOf('d', 'c', 'b', 'a'), { ...FLEET, runs: ['a', 'b', 'c', 'd'], wanted: 4 });
  expect(statuses()).toEqual({ a: 'training', b: 'training', c: 'waiting', d: 'waiting' });
  takeEvent(state, lossesOf('a', 5));
  take({ event: 'done', run: 'a', record: recordOf('done') });
  expect(statuses()).toEqual({ a: 'done', b: 'training', c: 'waiting', d: 'waiting' });
  takeEvent(state, lossesOf('c', 5));
  take({ event: 'done', run: 'd', record: recordOf('stopped') });
  expect(statuses()).toEqual({ a: 'done', b: 'training', c: 'training', d: 'stopped' });
});

test('a group of one run, which tells no size, does not stand under the size of the group before', () => {
  const state = blank();
  takeEvent(state, { event: 'train', from: 'fleet', events: [startOf('a', 'b', 'c'), FLEET] });
  expect(state.fleet.choice.value).toBe(FLEET.reason);
  takeEvent(state, { event: 'train', from: 'fleet', events: [startOf('d')] });
  expect(state.fleet.choice.value).toBeNull();
});

test('warnings of the trainer are noted, each once', () => {
  const state = blank();
  const message = 'its kernels are not known here; last bits may differ.';
  const warnings = [
    { event: 'warning', run: 'bilingual', message },
    { event: 'warning', run: 'bilingual', message },
    { event: 'warning', message: 'No run was named.' },
  ] as const;
  takeEvent(state, { event: 'train', from: 'fleet', events: warnings });
  expect(state.app.notices.value).toEqual([`bilingual: ${message}`, 'No run was named.']);
});

test('while kernels are measured the page says so, and no longer', () => {
  const state = blank();
  const words = () => wordsOf(state);
  takeEvent(state, { event: 'phase', phase: 'preparing' });
  expect(words()).toBe('Preparing the fleet…');
  takeEvent(state, { event: 'tuning', classes: 0 });
  takeEvent(state, { event: 'tuning', classes: 1 });
  expect(words()).toBe('Choosing the fastest kernels for this device, once… 1 measured');
  takeEvent(state, { event: 'phase', phase: 'training' });
  expect(words()).toBe('Training');
  // The second of two fleets may have other kernels.
  takeEvent(state, { event: 'tuning', classes: 2 });
  expect(words()).toContain('2 measured');
  takeEvent(state, { event: 'train', from: 'fleet', events: [FLEET] });
  expect(words()).toBe('Training');
  // A step that is measured on its own.
  takeEvent(state, { event: 'phase', phase: 'idle' });
  takeEvent(state, { event: 'tuning', classes: 3 });
  takeEvent(state, { event: 'tuning', classes: null });
  expect(words()).toBe('Not started');
});

test('while kernels are compiled the page says how many are there, and no longer', () => {
  const state = blank();
  const compiling = (kernels: { compiled: number; asked: number } | null): LabEvent => ({
    event: 'compiling',
    kernels,
  });
  takeEvent(state, { event: 'phase', phase: 'preparing' });
  takeEvent(state, { event: 'tuning', classes: 4 });
  takeEvent(state, { event: 'tuning', classes: null });
  expect(wordsOf(state)).toBe('Preparing the fleet…');
  takeEvent(state, compiling({ compiled: 0, asked: 0 }));
  expect(wordsOf(state)).toBe('Compiling the kernels…');
  takeEvent(state, compiling({ compiled: 12, asked: 43 }));
  expect(wordsOf(state)).toBe('Compiling the kernels… 12 of 43');
  takeEvent(state, compiling(null));
  expect(wordsOf(state)).toBe('Preparing the fleet…');
  takeEvent(state, compiling({ compiled: 1, asked: 2 }));
  takeEvent(state, { event: 'phase', phase: 'idle' });
  expect(wordsOf(state)).toBe('Not started');
});

test('a text that was brought back is open at once, but not in the place of one that is being read', () => {
  const state = blank();
  const { target, source } = state.texts.corpora;
  source.value = { status: 'reading', name: 'mine.txt', bytes: 0, totalBytes: 0 };
  for (const side of ['target', 'source'] as const)
    takeEvent(state, { event: 'corpus', facts: facts(side, 1000, { spec: 'world:sw' }) });
  expect(target.value).toMatchObject({ status: 'ready', facts: { side: 'target' } });
  expect(state.texts.pickers.target.value).toMatchObject({ place: 'world' });
  expect(source.value.status).toBe('reading');
});

test('while a tokenizer is trained the page says how far it is', () => {
  const state = blank();
  takeEvent(state, { event: 'phase', phase: 'preparing' });
  takeEvent(state, { event: 'tokenizing', round: 1, share: 0.425 });
  expect(wordsOf(state)).toBe('Training the tokenizer… 42 %');
  takeEvent(state, { event: 'tokenizing', round: 2, share: 0 });
  expect(wordsOf(state)).toMatch(/once more.*0 %/);
  takeEvent(state, { event: 'tokenizer', facts: BPE });
  expect(wordsOf(state)).toBe('Preparing the fleet…');
  expect(state.fleet.tokenizerOf('source')).toBe(BPE.source);
});

/** Two bytes a token in one text, four in the other. */
const BPE = {
  kind: 'bpe',
  vocabulary: 1024,
  target: { trainTokens: 1, validationTokens: 1, tokensPerByte: 0.5, tokensPerWord: 2 },
  source: { trainTokens: 1, validationTokens: 1, tokensPerByte: 0.25, tokensPerWord: 2 },
} as const;

test('losses of tokens that are not bytes are shown in bits a byte', () => {
  const state = blank();
  takeEvent(state, { event: 'tokenizer', facts: BPE });
  const bilingual = { ...recordOf('done').realised, r: 0.5 };
  const runs = [{ run: 'bilingual', realised: bilingual, warnings: [], step: 0 }];
  const start = { event: 'start', runs, facts: { bytes: 1 } as FleetNumbers } as const;
  takeEvent(state, { event: 'train', from: 'fleet', events: [start] });
  takeEvent(state, lossesOf('bilingual', Math.LN2));
  // A token of each language: two tokens, two bits, six bytes.
  expect(state.fleet.curves.get('bilingual')?.training).toEqual([
    { step: 1, tokens: 512, bits: expect.closeTo(2 / 6) },
  ]);
});

test('a record of such losses comes back in the same unit', () => {
  const measured = {
    targetLoss: 4 * Math.LN2,
    targetLossError: Math.LN2,
    targetBitsPerByte: 2,
    sourceLoss: 4 * Math.LN2,
    sourceBitsPerByte: 1,
  };
  const state = blank();
  const record: RunRecord = {
    ...recordOf('done'),
    curve: [
      { step: 2, tokens: 1024, loss: 4 * Math.LN2, targetLoss: 4 * Math.LN2, sourceLoss: 4 * Math.LN2 },
    ],
    final: { ...measured, best: { ...measured, step: 2 } },
    references: { floorBitsPerByte: 0.7, ngramBitsPerByte: null },
  };
  const runs = [{ run: config.name, config, record, step: 2, damage: null, slot: null }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: true, runs } });
  const curve = state.fleet.curves.get(config.name);
  expect(curve?.target[0]?.bits).toBeCloseTo(2);
  expect(curve?.source[0]?.bits).toBeCloseTo(1);
  expect(curve?.training[0]?.bits).toBeGreaterThan(1);
  expect(curve?.training[0]?.bits).toBeLessThan(2);
  expect(state.fleet.rows.value[0]?.targetBitsError).toBeCloseTo(0.5);
  expect(state.fleet.references.value).toEqual(record.references);
});

test('a new fleet is not held against what the last one was', () => {
  const state = blank();
  const references = { floorBitsPerByte: 0.7, ngramBitsPerByte: 2 };
  takeEvent(state, { event: 'references', references });
  const putBack = state.fleet.keep();
  state.fleet.clear();
  expect(state.fleet.references.value).toBeNull();
  putBack();
  expect(state.fleet.references.value).toEqual(references);
});

test('the same losses of a queue are none of the fleet’s', () => {
  const state = blank();
  takeEvent(state, { event: 'train', from: 'fleet', events: [startOf('a')] });
  takeEvent(state, { ...lossesOf('a', 5), from: 'queue' } as LabEvent);
  expect(state.fleet.curves.get('a')?.training).toEqual([]);
});

test('a saved fleet brings its colours and its form along', () => {
  const state = blank();
  const twoStage = parseTrainConfig(
    {
      ...config,
      name: 'Late bloomer',
      recipe: { targetTokens: 4096, epochs: 1, ratio: 0.5, finalRatio: 0.9 },
    },
    'x',
  );
  const runs = [
    { run: config.name, config, record: recordOf('done'), step: 2, damage: null, slot: 2 },
    { run: twoStage.name, config: twoStage, record: null, step: 0, damage: null, slot: 7 },
  ];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: false, runs } });
  expect(state.fleet.rows.value.map(({ run, slot }) => [run, slot])).toEqual([
    ['bilingual', 2],
    ['Late bloomer', 7],
  ]);
  expect(state.form.values.value.recipes.map(({ slot, name, kind }) => [slot, name, kind])).toEqual([
    [2, 'bilingual', 'bilingual'],
    [7, 'Late bloomer', 'two-stage'],
  ]);
});

test('time along a curve follows what the trainer told, over an interruption too', () => {
  const state = blank();
  const runs = [{ run: config.name, config, record: recordOf('stopped'), step: 2, damage: null, slot: 1 }];
  takeEvent(state, { event: 'saved', saved: { begunAt: 0, finished: false, runs } });
  const started = { run: config.name, realised: recordOf('done').realised, warnings: [], step: 2 };
  const start = { event: 'start', runs: [started], facts: { bytes: 1 } as FleetNumbers } as const;
  const progressAt = (elapsedSeconds: number): TrainEvent => ({
    event: 'progress',
    steps: 1,
    totalSteps: 10,
    tokensPerSecond: 1,
    flopsPerSecond: 1,
    elapsedSeconds,
    remainingSeconds: 1,
  });
  takeEvent(state, { event: 'train', from: 'fleet', events: [start] });
  takeEvent(state, lossesOf(config.name, 5, 6));
  takeEvent(state, { event: 'train', from: 'fleet', events: [progressAt(8)] });
  const times = state.fleet.curves.get(config.name)?.times ?? [];
  // A second before, eight since.
  expect(secondsAt(times, 1)).toBeCloseTo(0.5);
  expect(secondsAt(times, 2)).toBeCloseTo(1);
  expect(secondsAt(times, 4)).toBeCloseTo(5);
  expect(secondsAt(times, 6)).toBeCloseTo(9);
});
