import { expect, test } from 'vitest';
import { lossWords } from '../../../src/page/sweep/queue/leaving.ts';
import { commandsOf, designFileOf, roundCommandsOf } from '../../../src/page/sweep/take/commands.ts';
import { expectedReduction, progressWords, queueWords, roundWords } from '../../../src/page/sweep/words.ts';
import type { QueueFacts, RoundFacts, SweepFacts } from '../../../src/worker/api/sweep.ts';

const SWEEP: SweepFacts = {
  id: 'a',
  name: 'tiny',
  addedAt: 0,
  state: 'working',
  runs: 8,
  finished: 3,
  stopped: [],
  refused: [],
  flops: 1e10,
  flopsDone: 4.1e9,
  remainingSeconds: 65,
  failure: null,
  adaptive: null,
};

test('a sweep says how far it is', () => {
  const plain = (words: string) => words.replaceAll('\u202f', ' ');
  expect(plain(progressWords(SWEEP))).toBe('3 of 8 runs · 41 % of 10.0 GFLOP · 1 min 5 s left');
  expect(plain(progressWords({ ...SWEEP, state: 'done', finished: 7, stopped: ['x'] }))).toBe(
    '7 of 8 runs · 1 ended by hand',
  );
});

test('a sweep that is taken out is asked about with what goes with it, unless nobody would miss it', () => {
  const blank = { ...SWEEP, state: 'waiting', finished: 0, flopsDone: 0 } as const;
  expect(lossWords(blank)).toBeNull();
  expect(lossWords(SWEEP)).toMatch(/not finished end here.* 3 finished runs stay in the library\.$/);
  const done = { ...SWEEP, state: 'done' } as const;
  expect(lossWords(done)).toMatch(/^Its design and its manifest are deleted/);
  const adaptive = { perRound: 4, rounds: [], ended: true };
  expect(lossWords({ ...done, adaptive })).toMatch(/why each round was chosen are deleted/);
});

test('the queue says what it does, and what it waits for', () => {
  const words = (state: QueueFacts['state'], sweeps = [SWEEP]) =>
    queueWords({ state, sweeps, failure: null, current: null });
  expect(words('idle', [])).toBe('The queue is empty.');
  expect(words('aside')).toMatch(/stands aside .*fleet of Train/);
  expect(words('aside', [{ ...SWEEP, state: 'paused' }])).toMatch(/paused/);
  expect(words('elsewhere')).toMatch(/Another tab/);
  expect(words('training', [SWEEP, { ...SWEEP, state: 'waiting' }])).toBe(
    'Training; 1 sweep after this one.',
  );
  expect(words('idle', [{ ...SWEEP, state: 'paused' }])).toMatch(/paused/);
});

const ROUND: RoundFacts = {
  runs: ['a', 'b'],
  chosenAt: 0,
  aim: null,
  results: 0,
  needed: 12,
  left: 30,
  compute: 4e9,
};

test('a round says why its runs were chosen', () => {
  expect(roundWords(ROUND)).toBe('Nothing is finished yet: 2 runs spread over the design.');
  expect(roundWords({ ...ROUND, results: 3 })).toMatch(
    /3 finished runs are too few for a fit, which needs 12/,
  );
  const aim = { of: 'threshold', D_T: 8000, before: 0.2, after: 0.1 } as const;
  expect(roundWords({ ...ROUND, results: 20, aim })).toMatch(/below 8,000 target tokens .* chosen of 32/);
  expect(expectedReduction({ ...ROUND, aim })).toBeCloseTo(0.5);
  expect(roundWords({ ...ROUND, results: 20, aim: { ...aim, of: 'lead', state: 'never' } })).toMatch(
    /no text is found/,
  );
});

test('commands name the file as it is saved', () => {
  const [local, slurm, cluster, collect] = commandsOf('eight small runs');
  expect(local?.command).toBe('npx m3lab sweep run eight-small-runs.jsonl --out eight-small-runs');
  expect(slurm?.command).toContain(
    'sweep submit eight-small-runs.jsonl --scheduler slurm --out eight-small-runs',
  );
  expect(cluster?.command).toContain('--scheduler k8s');
  expect(collect?.command).toContain('sweep collect eight-small-runs --out eight-small-runs.runs.jsonl');
});

test('an adaptive design is planned anew from what is finished, round by round', () => {
  const [first, further, collect] = roundCommandsOf('the threshold');
  expect(designFileOf('the threshold')).toBe('the-threshold.design.json');
  expect(first?.command).toBe(
    'npx m3lab sweep plan the-threshold.design.json --out the-threshold.jsonl && npx m3lab sweep run the-threshold.jsonl --out the-threshold',
  );
  expect(further?.command).toContain('--given the-threshold --out the-threshold.jsonl');
  expect(collect?.command).toContain('sweep collect the-threshold');
});
