import { beforeAll, expect, test } from 'vitest';
import { roundWords } from '../../../src/cli/words/reproduce/teller.ts';
import { type ManifestRun, parseManifest } from '../../../src/formats/manifest.ts';
import { parseRunRecord, type RunRecord } from '../../../src/formats/record.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { textFacts } from '../../../src/sweep/design/texts.ts';
import type { Experiment } from '../../../src/sweep/experiments/experiment.ts';
import { isAskedBy, isAskedIn, roundManifests } from '../../../src/sweep/experiments/results.ts';
import type { ReproduceEvent, RoundFacts } from '../../../src/sweep/reproduce/events.ts';
import { addedCosts, forecast } from '../../../src/sweep/reproduce/forecast.ts';
import { manifestPath, OtherTextsError } from '../../../src/sweep/reproduce/place.ts';
import { type Reproduced, type ReproduceOptions, reproduce } from '../../../src/sweep/reproduce/reproduce.ts';
import { Claims } from '../../../src/sweep/run/claims.ts';
import { writeRecord } from '../../../src/sweep/run/folder.ts';
import type { Corpora } from '../../../src/train/fleet/plan.ts';
import { ENVIRONMENT, sampleCorpora } from '../../train/fixtures.ts';
import { ReferenceEngine } from '../../train/referenceEngine.ts';
import { recordOf, timeless } from '../manifests.ts';
import { bestRate, designOf, madeUp, RATES, TINY } from './madeUp.ts';

let corpora: Corpora;
beforeAll(async () => {
  corpora = await sampleCorpora();
});

type Sitting = {
  readonly done: Reproduced;
  readonly events: ReproduceEvent[];
  readonly rounds: RoundFacts[];
  readonly engine: ReferenceEngine;
};

const planning = () => ({
  readTexts: async (configs: readonly unknown[]) => configs.map(() => textFacts(corpora)),
  corporaOf: () => corpora,
});

let pids = 500;
async function sit(
  store: Store,
  experiment: Experiment,
  changes: Partial<ReproduceOptions> & { engine?: ReferenceEngine } = {},
): Promise<Sitting> {
  const { engine = new ReferenceEngine(), ...options } = changes;
  const events: ReproduceEvent[] = [];
  const rounds: RoundFacts[] = [];
  const pid = pids++;
  const done = await reproduce(
    { experiment, setting: TINY },
    {
      store,
      planning: planning(),
      engine,
      texts: async () => ({
        corporaOf: () => corpora,
        referencesOf: async () => ({ floorBitsPerByte: null, ngramBitsPerByte: 2 }),
      }),
      environment: () => ENVIRONMENT,
      checkpointEverySeconds: 0,
      signal: new AbortController().signal,
      identity: { owner: `owner-${pid}`, host: 'here', space: null, pid, isAlive: () => true },
      claims: { beatMs: 5, lookMs: 5 },
      waitMs: 5,
      onEvent: (event) => events.push(event),
      onRound: (facts) => rounds.push(facts),
      ...options,
    },
  );
  return { done, events, rounds, engine };
}

/** What a report says; its figures are drawn by functions. */
const told = ({ report: { findings, tables } }: Reproduced) => ({ findings, tables });
const taken = ({ advances }: ReferenceEngine) => advances.reduce((sum, steps) => sum + steps, 0);
const texts = async (store: Store, path: string) =>
  new TextDecoder().decode((await store.read(path)) ?? undefined);

async function recordsIn(store: Store): Promise<RunRecord[]> {
  const paths = await store.list('records');
  return Promise.all(
    paths.map(async (path) => timeless(parseRunRecord(JSON.parse(await texts(store, path)), path))),
  );
}

/** What an uninterrupted reproduction leaves. */
let whole: Sitting;
let kept: MemoryStore;
let records: RunRecord[];
beforeAll(async () => {
  kept = new MemoryStore();
  whole = await sit(kept, madeUp());
  records = await recordsIn(kept);
});

/** A store with the same records and nothing else. */
async function withRecords(some = records): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const record of some) await writeRecord(store, record);
  return store;
}

test('a round is asked for with what the one before has found, and a run that both ask for is trained once', async () => {
  const { done, rounds } = whole;
  expect(rounds.map(({ round, index, runs, found }) => [round, index, runs, found])).toEqual([
    ['rates', 1, 3, 0],
    ['more seeds', 2, 3, 1],
  ]);
  expect(done.results).toHaveLength(5);
  const best = bestRate(done.results);
  expect(RATES).toContain(best);
  const seeds = done.results.filter((run) => isAskedIn(run, 'more seeds'));
  expect(seeds.map(({ config }) => [config.seed, config.optimizer.learningRate])).toEqual(
    expect.arrayContaining([3, 4, 5].map((seed) => [seed, best])),
  );
  const both = done.results.filter((run) => isAskedIn(run, 'rates') && isAskedIn(run, 'more seeds'));
  expect(both).toHaveLength(1);
  expect(done.report.findings[0]).toMatchObject({ verdict: 'reproduced' });
  expect(done.refused).toEqual([]);
  expect(records).toHaveLength(5);
});

test('each round keeps its manifest in the folder, which is all that stays beside records', async () => {
  const [first, second] = madeUp().rounds.map((round) => manifestPath('made-up-small', round));
  expect([first, second]).toEqual([
    'manifests/made-up-small.rates.jsonl',
    'manifests/made-up-small.more-seeds.jsonl',
  ]);
  const lines = parseManifest(await texts(kept, String(second)), String(second));
  expect(lines.map(({ config }) => config.seed).sort()).toEqual([3, 4, 5]);
  const others = (await kept.list('')).filter((path) => !path.startsWith('records/'));
  expect(others).toEqual(['manifests/made-up-small.json', second, first].sort());
});

test('called again it trains nothing, asks no engine, and reports the same', async () => {
  const again = await sit(kept, madeUp(), {
    engine: Object.assign(new ReferenceEngine(), {
      beforeOutline: () => {
        throw new Error('nobody should ask an engine now');
      },
    }),
  });
  expect(again.rounds.map(({ runs, found, flops }) => [runs, found, flops])).toEqual([
    [3, 3, 0],
    [3, 3, 0],
  ]);
  expect(told(again.done)).toEqual(told(whole.done));
  expect(again.done.results).toEqual(whole.done.results);
});

test.each([10, 30, 45, 60])(
  'cut off after %i steps and called again, it ends at the same records',
  async (steps) => {
    const store = new MemoryStore();
    const abort = new AbortController();
    const engine = new ReferenceEngine();
    engine.beforeAdvance = () => {
      if (taken(engine) >= steps) abort.abort();
    };
    await expect(
      // One slot: steps are then counted run by run.
      sit(store, madeUp(), { engine, signal: abort.signal, fleetSize: 1 }),
    ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect((await recordsIn(store)).length).toBeLessThan(5);
    const { done } = await sit(store, madeUp());
    expect(await recordsIn(store)).toEqual(records);
    expect(told(done)).toEqual(told(whole.done));
  },
);

test('two experiments in one folder train a run that both ask for once, and each finds it by its own tags', async () => {
  const store = new MemoryStore();
  await sit(store, madeUp('one'));
  const other = await sit(store, madeUp('two', [4, 6]));
  expect(other.rounds.map(({ runs, found }) => [runs, found])).toEqual([
    [3, 3],
    [3, 2],
  ]);
  expect(await recordsIn(store)).toHaveLength(6);
  expect(other.done.results.every((run) => isAskedBy(run, 'two'))).toBe(true);
  expect(other.done.results.some((run) => isAskedBy(run, 'one'))).toBe(false);
});

test('what other experiments left in the folder changes no design', async () => {
  const store = await withRecords();
  // A record that nobody of this experiment asked for, and would be the best by far.
  const [first] = whole.done.lines;
  if (!first) throw new Error('no line');
  await writeRecord(store, recordOf({ ...first, id: 'abcdefabcdef' }, 0.01));
  const { done } = await sit(store, madeUp());
  const timelessRuns = (results: typeof done.results) =>
    results.map((run) => ({ ...run, record: timeless(run.record) }));
  expect(timelessRuns(done.results)).toEqual(timelessRuns(whole.done.results));
});

test('a run that diverges is a result too', async () => {
  const worst = records.map((record) =>
    record.config.optimizer.learningRate === 0.05
      ? { ...record, status: 'diverged' as const, final: null }
      : record,
  );
  const { done } = await sit(await withRecords(worst), madeUp());
  const diverged = done.results.filter(({ record }) => record.status === 'diverged');
  expect(diverged.length).toBeGreaterThan(0);
  expect(bestRate(done.results)).not.toBe(0.05);
});

test('a run that cannot be is left out with its reason, and the others are trained', async () => {
  const base = madeUp();
  const [rates] = base.rounds;
  if (!rates) throw new Error('no round');
  const tooMuch = designOf(
    'too much',
    { asked: 'made-up/rates' },
    { learningRate: 0.02, targetTokens: 10_000_000 },
  );
  const experiment = {
    ...base,
    rounds: [{ ...rates, designs: () => [...rates.designs([], TINY), tooMuch] }],
  };
  const { rounds, done } = await sit(await withRecords(), experiment);
  expect(rounds[0]?.dropped).toEqual([
    { name: 'too much', field: 'recipe.targetTokens', problem: expect.stringMatching(/10,000,000|10000000/) },
  ]);
  expect(done.results).toHaveLength(3);
});

test('a round that another version planned otherwise says so, keeps its manifest, and goes on', async () => {
  const store = await withRecords();
  const [rates] = madeUp().rounds;
  if (!rates) throw new Error('no round');
  const path = manifestPath('made-up-small', rates);
  const first = await sit(store, madeUp());
  expect(first.rounds.map(({ replaced }) => replaced)).toEqual([null, null]);
  const before = await texts(store, path);
  // The same again, tags or not, is no other plan.
  expect((await sit(store, madeUp())).rounds[0]?.replaced).toBeNull();

  const fewer = (count: number): Experiment => ({
    ...madeUp(),
    rounds: [{ ...rates, designs: (results, setting) => rates.designs(results, setting).slice(0, count) }],
  });
  const other = await sit(store, fewer(2));
  const replaced = { keptAs: `${path}.before-1`, runsBefore: 3, inBoth: 2 };
  expect(other.rounds[0]).toMatchObject({ runs: 2, found: 2, replaced });
  expect(await texts(store, replaced.keptAs)).toBe(before);
  expect(roundWords(other.rounds[0]!, 'dir')).toContain(
    `by another version of m3lab or other results: 3 runs, 2 of them as now; its manifest is kept as dir/${path}.before-1`,
  );
  // What is kept aside is no manifest of the folder any more, and is never written over.
  expect((await roundManifests(store)).find((one) => one.path === path)?.runs).toHaveLength(2);
  expect((await sit(store, fewer(1))).rounds[0]?.replaced?.keptAs).toBe(`${path}.before-2`);
  expect(await texts(store, `${path}.before-1`)).toBe(before);
  const none = await sit(store, fewer(0));
  expect(none.rounds[0]).toMatchObject({ manifest: null, replaced: { keptAs: `${path}.before-3` } });
  expect(await store.read(path)).toBeNull();
  // A manifest that nobody can read any more is kept as it is.
  await store.write(path, new TextEncoder().encode('{"version": 0}\n'));
  expect((await sit(store, fewer(1))).rounds[0]?.replaced).toEqual({
    ...{ keptAs: `${path}.before-4`, runsBefore: 0, inBoth: 0 },
  });
});

test('a round that asks for nothing is told and keeps no manifest', async () => {
  const base = madeUp();
  const experiment = { ...base, rounds: [{ name: 'none', why: 'for nothing', designs: () => [] }] };
  const store = new MemoryStore();
  const { rounds, done } = await sit(store, experiment);
  expect(rounds).toEqual([
    expect.objectContaining({ runs: 0, found: 0, flops: 0, savedFlops: 0, manifest: null }),
  ]);
  expect(done.report.findings[0]?.verdict).toBe('undecided');
  expect(await store.list('')).toEqual(['manifests/made-up-small.json']);
});

test('what another process is at is waited for, since the next round needs it', async () => {
  const held = whole.done.lines[0];
  if (!held) throw new Error('no line');
  const store = await withRecords(records.filter(({ id }) => id !== held.id));
  const other = new Claims(store, {
    owner: 'other',
    host: 'there',
    space: null,
    pid: 7,
    isAlive: () => true,
  });
  await other.beat();
  expect((await other.take(held.id)).taken).toBe(true);
  const beating = setInterval(() => void other.beat(), 2);
  const record = records.find(({ id }) => id === held.id);
  if (!record) throw new Error('no record');
  const waits: string[][] = [];
  const { done, engine } = await sit(store, madeUp(), {
    onEvent: (event) => {
      if (event.event !== 'waiting') return;
      waits.push([...event.runs]);
      // The other one finishes after a while.
      if (waits.length === 2) void writeRecord(store, record).then(() => other.clear(held.id));
    },
  });
  clearInterval(beating);
  expect(waits.length).toBeGreaterThanOrEqual(2);
  expect(waits[0]).toEqual([held.id]);
  expect(taken(engine)).toBe(0);
  expect(done.results.map(({ id }) => id).sort()).toEqual(whole.done.results.map(({ id }) => id).sort());
});

test('the folder of one pair of texts is no place for another', async () => {
  const setting = { ...TINY, texts: { ...TINY.texts, target: 'world:id' } };
  await expect(
    reproduce({ experiment: madeUp(), setting }, { store: kept } as unknown as ReproduceOptions),
  ).rejects.toThrow(OtherTextsError);
});

test('runs that begin alike are told to save steps', async () => {
  const base = madeUp();
  const twoStage = (epochs: number, schedule: 'wsd' | 'cosine') => ({
    ...designOf(`k ${epochs}`, { asked: 'made-up/kinds' }, { learningRate: 0.02 }),
    recipe: { targetTokens: 209, epochs, ratio: 0.5, finalRatio: 1, firstRatio: 0.25 },
    optimizer: { learningRate: 0.02, batch: 2, schedule, warmup: 0, decay: 0.1 },
  });
  const saved = async (schedule: 'wsd' | 'cosine') => {
    const designs = () => [twoStage(2, schedule), twoStage(1.5, schedule)];
    const experiment = { ...base, rounds: [{ name: 'kinds', why: '', designs }] };
    const { rounds } = await sit(new MemoryStore(), experiment);
    return rounds[0];
  };
  const shared = await saved('wsd');
  expect(shared?.savedFlops).toBeGreaterThan(0);
  expect(shared?.savedFlops).toBeLessThan((shared?.flops ?? 0) / 2);
  expect((await saved('cosine'))?.savedFlops).toBe(0);
});

/** Seconds that an estimate in tests gives a run. */
const RUN_SECONDS = 10;

test('a plan costs the next round, and what is foreseen after it, without what is finished', async () => {
  const plan = async (store: Store, experiment: Experiment) =>
    forecast(
      { experiment, setting: TINY },
      {
        store,
        planning: planning(),
        estimate: async (runs) => ({
          runs: runs.map((run) => ({ ...run, flops: run.flops * 2 })),
          fleets: [],
          seconds: runs.length * RUN_SECONDS,
          software: true,
        }),
        signal: new AbortController().signal,
      },
    );
  const one = await sit(await withRecords(), madeUp());
  const flopsOf = (lines: readonly ManifestRun[]) => lines.reduce((sum, { flops }) => sum + flops, 0);
  const each = flopsOf(one.done.lines) / 5;

  const empty = new MemoryStore();
  const first = await plan(empty, madeUp());
  expect(first.finished).toEqual({ rounds: 0, runs: 0 });
  expect(first.next).toMatchObject({ index: 1, found: 0, cost: { runs: 3, flopsBy: 'engine', seconds: 30 } });
  expect(first.next?.cost.flops).toBeCloseTo(2 * 3 * each, 3);
  expect(first.later).toMatchObject({ runs: 2, seconds: 20, savedFlops: 0 });
  expect(await empty.list('')).toEqual([
    'manifests/made-up-small.json',
    'manifests/made-up-small.rates.jsonl',
  ]);
  expect(first.next && first.later && addedCosts(first.next.cost, first.later)).toMatchObject({
    runs: 5,
    seconds: 50,
    flopsBy: 'engine',
    software: true,
  });

  const rates = records.filter(({ config }) => config.seed === 3);
  const second = await plan(await withRecords(rates), madeUp());
  expect(second.finished).toEqual({ rounds: 1, runs: 3 });
  expect(second.next).toMatchObject({ index: 2, found: 1, cost: { runs: 2 } });

  const { foreseen: _, ...blind } = madeUp();
  expect((await plan(new MemoryStore(), blind)).later).toBeNull();
  expect((await plan(kept, madeUp())).next).toBeNull();
});

test('a report also reads what other experiments of the folder have on the same texts, and no round does', async () => {
  const store = new MemoryStore();
  await sit(store, madeUp('made-up', [4, 5]));
  const seen: string[][] = [];
  const reader = (more: readonly number[], alsoReads: readonly string[]): Experiment => {
    const experiment = madeUp('reader', more);
    return {
      ...experiment,
      alsoReads,
      rounds: experiment.rounds.map((round) => ({
        ...round,
        designs: (results, setting) => {
          expect(results.filter((run) => isAskedBy(run, 'made-up'))).toEqual([]);
          return round.designs(results, setting);
        },
      })),
      report: (results, setting) => {
        seen.push(results.filter((run) => isAskedBy(run, 'made-up')).map(({ id }) => id));
        return experiment.report(results, setting);
      },
    };
  };
  const { done } = await sit(store, reader([6], ['made-up', 'nothing of this name']));
  expect(seen[0]).toHaveLength(RATES.length + 2);
  // What is written down with the report is what it stood on.
  expect(new Set(done.lines.map(({ id }) => id))).toEqual(new Set(done.results.map(({ id }) => id)));
  expect(done.results).toHaveLength(RATES.length + 3);
  await sit(store, reader([6], []));
  expect(seen[1]).toEqual([]);

  const path = 'manifests/made-up-small.json';
  const kept = new TextDecoder().decode((await store.read(path)) ?? undefined);
  await store.write(path, new TextEncoder().encode(kept.replace('world:sw', 'world:id')));
  await sit(store, reader([6], ['made-up']));
  expect(seen[2]).toEqual([]);
});
