import { beforeAll, describe, expect, test } from 'vitest';
import type { ManifestRun } from '../../../src/formats/manifest.ts';
import { parseRunRecord, type RunRecord } from '../../../src/formats/record.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { Claims } from '../../../src/sweep/run/claims.ts';
import type { SweepEvent } from '../../../src/sweep/run/events.ts';
import { writeRecord } from '../../../src/sweep/run/folder.ts';
import { runSweep, type SweepOptions, type SweepOutcome } from '../../../src/sweep/run/runSweep.ts';
import { cutTasks } from '../../../src/sweep/run/tasks.ts';
import type { Corpora } from '../../../src/train/fleet/plan.ts';
import { ENVIRONMENT, sampleCorpora } from '../../train/fixtures.ts';
import { ReferenceEngine } from '../../train/referenceEngine.ts';
import { manifestRun, seeds, timeless, tinyConfig } from '../manifests.ts';

let corpora: Corpora;
beforeAll(async () => {
  corpora = await sampleCorpora();
});

const REFERENCES = { floorBitsPerByte: null, ngramBitsPerByte: 2 };

type Sitting = { outcome: SweepOutcome; events: SweepEvent[] };

let pids = 100;
/** A sitting of a process of its own; what is asked of texts and engine is counted by `engine`. */
async function sit(
  store: Store,
  runs: readonly ManifestRun[],
  changes: Partial<SweepOptions> & { onSweep?: (event: SweepEvent) => void; pid?: number } = {},
): Promise<Sitting> {
  const events: SweepEvent[] = [];
  const { onSweep, pid = pids++, ...options } = changes;
  const outcome = await runSweep({
    store,
    tasks: cutTasks(runs, 3),
    engine: new ReferenceEngine(),
    texts: async () => ({ corporaOf: () => corpora, referencesOf: async () => REFERENCES }),
    environment: () => ENVIRONMENT,
    checkpointEverySeconds: 0,
    signal: new AbortController().signal,
    identity: { owner: `owner-${pid}`, host: 'here', space: null, pid, isAlive: () => true },
    claims: { beatMs: 5, lookMs: 5 },
    onEvent: (event) => {
      events.push(event);
      onSweep?.(event);
    },
    ...options,
  });
  return { outcome, events };
}

async function recordsIn(store: Store): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  for (const path of await store.list('records')) {
    const text = new TextDecoder().decode((await store.read(path)) ?? undefined);
    records.push(parseRunRecord(JSON.parse(text), path));
  }
  return records;
}
const timelessIn = async (store: Store) => (await recordsIn(store)).map(timeless);
const of = <K extends SweepEvent['event']>(events: readonly SweepEvent[], kind: K) =>
  events.filter((event): event is Extract<SweepEvent, { event: K }> => event.event === kind);

const RUNS = [
  ...seeds(4),
  manifestRun(
    tinyConfig({ name: 'two', recipe: { targetTokens: 209, epochs: 1, ratio: 0.5, finalRatio: 1 } }),
  ),
];
const IDS = RUNS.map(({ id }) => id);
/** What an uninterrupted sweep of {@link RUNS} writes. */
let whole: RunRecord[];
beforeAll(async () => {
  const store = new MemoryStore();
  const { outcome, events } = await sit(store, RUNS);
  whole = await timelessIn(store);
  expect(outcome).toEqual({ found: [], trained: IDS, refused: [], left: new Map() });
  expect(of(events, 'task').map(({ task, runs }) => [task, runs])).toEqual([
    [0, IDS.slice(0, 3)],
    [1, IDS.slice(3)],
  ]);
  expect(of(events, 'sweep').at(-1)).toMatchObject({
    runs: 5,
    finished: 5,
    remainingSeconds: 0,
    flopsDone: 5e6,
  });
  // Nothing but the records stays.
  expect(await store.list('')).toEqual([...IDS].sort().map((id) => `records/${id}.json`));
});

/** A store in which these runs are finished. */
async function finished(ids: readonly string[] = IDS): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const record of whole.filter(({ id }) => ids.includes(id))) await writeRecord(store, record);
  return store;
}

test('a record bears the name of its run, which need not be its own, and its id', () => {
  expect(new Map(whole.map(({ id, config }) => [id, config.name]))).toEqual(
    new Map(RUNS.map(({ id, config }) => [id, config.name])),
  );
  expect(whole.every(({ status }) => status === 'done')).toBe(true);
  expect(whole.every(({ references }) => references?.ngramBitsPerByte === 2)).toBe(true);
});

test('what is finished is skipped, and nothing is asked for it', async () => {
  const store = await finished(IDS.slice(0, 2));
  const some = await sit(store, RUNS);
  expect(some.outcome).toMatchObject({ found: IDS.slice(0, 2), trained: IDS.slice(2) });
  expect(await timelessIn(store)).toEqual(whole);
  const none = await sit(store, RUNS, {
    texts: async () => {
      throw new Error('nobody should read texts now');
    },
  });
  expect(none.outcome).toMatchObject({ found: IDS, trained: [] });
});

const taken = ({ advances }: ReferenceEngine) => advances.reduce((sum, steps) => sum + steps, 0);

test('runs that begin alike share their beginning, and their records are those of runs alone', async () => {
  // Two stages at the peak of the learning rate: they part where the first one's last stage begins.
  const family = [2, 1.5].map((epochs) =>
    manifestRun(
      tinyConfig({
        recipe: { targetTokens: 209, epochs, ratio: 0.5, finalRatio: 1, firstRatio: 0.25 },
        optimizer: { warmup: 0, decay: 0.1 },
      }),
    ),
  );
  const [together, alone] = [new MemoryStore(), new MemoryStore()];
  const [one, two] = [new ReferenceEngine(), new ReferenceEngine()];
  // One slot: the second run comes after the first, and what it takes is counted.
  await sit(together, family, { engine: one, fleetSize: 1 });
  await sit(alone, family, { engine: two, tasks: cutTasks(family, 1) });
  expect(await timelessIn(together)).toEqual(await timelessIn(alone));
  const steps = taken(two);
  expect(steps).toBeGreaterThan(40);
  // A fork saves eight steps at least, or is not made.
  expect(taken(one)).toBeLessThanOrEqual(steps - 8);
});

describe('cut off and called again, it ends at the same records', () => {
  // A chunk ends at every validation, after 5, 10 and 13 steps of either task, and perhaps in between.
  test.each([1, 8, 14, 23])('by a signal after %i steps of its fleets', async (steps) => {
    const store = new MemoryStore();
    const abort = new AbortController();
    const engine = new ReferenceEngine();
    engine.beforeAdvance = () => {
      if (taken(engine) >= steps) abort.abort();
    };
    await expect(sit(store, RUNS, { engine, signal: abort.signal })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(await store.list('work')).not.toEqual([]);
    expect((await recordsIn(store)).length).toBeLessThan(5);
    await sit(store, RUNS);
    expect(await timelessIn(store)).toEqual(whole);
    expect(await store.list('work')).toEqual([]);
  });

  test.each([6, 19])('by a device that is lost after %i steps', async (steps) => {
    const store = new MemoryStore();
    const engine = new ReferenceEngine();
    engine.beforeAdvance = () => {
      if (taken(engine) >= steps) throw new Error('lost');
    };
    await expect(sit(store, RUNS, { engine })).rejects.toThrow('lost');
    const rest = new ReferenceEngine();
    await sit(store, RUNS, { engine: rest });
    expect(await timelessIn(store)).toEqual(whole);
    // What was saved was not trained again.
    expect(taken(rest)).toBeLessThanOrEqual(2 * 13 - 5);
  });

  test.each(['records', 'work', 'claims', 'owners'])(
    'by a disk that fails in the middle of %s',
    async (folder) => {
      class Failing extends MemoryStore {
        left = folder === 'records' ? 2 : folder === 'work' ? 20 : 4;
        isMended = false;
        #check(path: string) {
          if (path.startsWith(folder) && !this.isMended && this.left-- <= 0) throw new Error('no more');
        }
        override async write(path: string, bytes: Uint8Array) {
          this.#check(path);
          return super.write(path, bytes);
        }
        override async create(path: string, bytes: Uint8Array) {
          this.#check(path);
          return super.create(path, bytes);
        }
      }
      const store = new Failing();
      // A beat may fail: nobody else is there to think that this process died.
      if (folder === 'owners') await sit(store, RUNS);
      else await expect(sit(store, RUNS)).rejects.toThrow('no more');
      store.isMended = true;
      await sit(store, RUNS);
      expect(await timelessIn(store)).toEqual(whole);
    },
  );

  test('between a record and the end of the work on it', async () => {
    const store = new MemoryStore();
    const abort = new AbortController();
    const engine = new ReferenceEngine();
    engine.beforeAdvance = () => {
      if (taken(engine) >= 5) abort.abort();
    };
    await expect(sit(store, RUNS, { engine, signal: abort.signal, pid: 1 })).rejects.toThrow();
    const [path = ''] = await store.list('work');
    const id = path.split('/')[1] ?? '';
    const record = whole.find((one) => one.id === id);
    await store.write(`records/${id}.json`, new TextEncoder().encode(JSON.stringify(record)));
    const { outcome } = await sit(store, RUNS);
    expect(outcome.found).toEqual([id]);
    expect(await timelessIn(store)).toEqual(whole);
    expect(await store.list('')).toEqual([...IDS].sort().map((one) => `records/${one}.json`));
  });
});

describe('what cannot be used', () => {
  test.each([
    ['no JSON', '{"version": 1, "id": '],
    ['no record', '{"version": 1}'],
    ['the record of another run', null],
    ['cut short', 'half'],
  ])('a record that is %s is said, and its run trained anew', async (_, text) => {
    const store = await finished();
    const path = `records/${IDS[1]}.json`;
    const other = (await store.read(`records/${IDS[0]}.json`)) ?? new Uint8Array();
    const half = ((await store.read(path)) ?? new Uint8Array()).subarray(0, 500);
    await store.write(path, text === null ? other : text === 'half' ? half : new TextEncoder().encode(text));
    const { outcome, events } = await sit(store, RUNS);
    expect(of(events, 'damaged')).toEqual([expect.objectContaining({ id: IDS[1], path })]);
    expect(outcome.trained).toEqual([IDS[1]]);
    expect(await timelessIn(store)).toEqual(whole);
  });

  test.each(['run.json', 'model.safetensors', 'state.safetensors'])(
    'a checkpoint whose %s is damaged is said, and its run trained anew; others go on',
    async (file) => {
      const store = new MemoryStore();
      const abort = new AbortController();
      const engine = new ReferenceEngine();
      engine.beforeAdvance = () => {
        if (taken(engine) >= 5) abort.abort();
      };
      await expect(sit(store, RUNS, { engine, signal: abort.signal })).rejects.toThrow();
      const [path = ''] = (await store.list('work')).filter((one) => one.endsWith(file));
      const id = path.split('/')[1];
      await store.write(path, ((await store.read(path)) ?? new Uint8Array()).subarray(0, 40));
      const { events } = await sit(store, RUNS);
      expect(of(events, 'damaged')).toEqual([expect.objectContaining({ id, path: `work/${id}/${file}` })]);
      const begun = of(events, 'start').flatMap(({ runs }) => runs);
      expect(begun.find(({ run }) => run === id)?.step).toBe(0);
      expect(begun.some(({ step }) => step > 0)).toBe(true);
      expect(await timelessIn(store)).toEqual(whole);
    },
  );

  test('a run that cannot be is said, and keeps no other from its end', async () => {
    const store = new MemoryStore();
    const bad = manifestRun(tinyConfig({ recipe: { targetTokens: 1_000_000, epochs: 1, ratio: 0.5 } }));
    const { outcome, events } = await sit(store, [...RUNS.slice(0, 2), bad, ...RUNS.slice(2)]);
    expect(of(events, 'refused')).toEqual([
      expect.objectContaining({ id: bad.id, field: 'recipe.targetTokens' }),
    ]);
    expect(outcome).toMatchObject({ trained: IDS, refused: [bad.id] });
    expect(await timelessIn(store)).toEqual(whole);
  });
});

describe('several processes on one folder', () => {
  test('never do the same run', async () => {
    const store = new MemoryStore();
    const sittings = await Promise.all([sit(store, RUNS), sit(store, RUNS), sit(store, RUNS)]);
    const trained = sittings.flatMap(({ outcome }) => outcome.trained);
    expect([...trained].sort()).toEqual([...IDS].sort());
    const begun = sittings.flatMap(({ events }) => of(events, 'start').flatMap(({ runs }) => runs));
    expect(new Set(begun.map(({ run }) => run)).size).toBe(begun.length);
    for (const { outcome } of sittings) {
      expect(outcome.found.length + outcome.trained.length + outcome.left.size).toBe(5);
    }
    expect(await timelessIn(store)).toEqual(whole);
    expect(await store.list('claims')).toEqual([]);
  });

  test('a run of one that lives is left to it; of one that died elsewhere it is taken over after a while', async () => {
    const store = new MemoryStore();
    const there = { host: 'there', space: null, isAlive: () => true };
    const alive = new Claims(store, { owner: 'alive', pid: 1, ...there });
    await alive.beat();
    await alive.take(IDS[0]!);
    const dead = new Claims(store, { owner: 'dead', pid: 2, ...there });
    await dead.beat();
    await dead.take(IDS[1]!);
    const timer = setInterval(() => void alive.beat(), 5);
    let now = 0;
    const { outcome, events } = await sit(store, RUNS, {
      claims: { beatMs: 5, lookMs: 20, now: () => now },
      onSweep: (event) => {
        if (event.event === 'watching' && event.holder.owner === 'dead') now += 90_000;
      },
    });
    clearInterval(timer);
    expect([...outcome.left]).toEqual([[IDS[0], { owner: 'alive', host: 'there', pid: 1, isAlive: true }]]);
    expect(outcome.trained).toEqual(IDS.slice(1));
    expect(of(events, 'watching').map(({ holder, runs }) => [holder.owner, runs])).toContainEqual([
      'dead',
      [IDS[1]],
    ]);
    expect((await recordsIn(store)).map(({ id }) => id).sort()).toEqual(IDS.slice(1).sort());
  });

  test('who was taken for dead lets go of the run without a trace, and ends its others', async () => {
    const store = new MemoryStore();
    const [id = ''] = IDS;
    const thief = new Claims(
      store,
      { owner: 'thief', host: 'there', space: null, pid: 1, isAlive: () => true },
      { patienceMs: 0 },
    );
    await thief.beat();
    let stolen: Promise<unknown> | null = null;
    let written: readonly string[] = [];
    const engine = new ReferenceEngine();
    engine.beforeAdvance = () => {
      if (taken(engine) >= 5 && stolen === null) {
        stolen = thief.take(id).then(async () => {
          for (const path of await store.list(`work/${id}`)) await store.remove(path);
        });
      }
    };
    const timer = setInterval(() => void thief.beat(), 5);
    const { outcome, events } = await sit(store, RUNS, {
      engine,
      onSweep: (event) => {
        if (event.event === 'record' && written.length === 0)
          void store.list(`work/${id}`).then((w) => (written = w));
      },
    });
    clearInterval(timer);
    expect(stolen).not.toBeNull();
    expect(of(events, 'lost')).toEqual([{ event: 'lost', id }]);
    expect([...outcome.left.keys()]).toEqual([id]);
    expect(outcome.trained).toEqual(IDS.slice(1));
    expect(await timelessIn(store)).toEqual(whole.filter((record) => record.id !== id));
    expect(await store.list(`work/${id}`)).toEqual([]);
    expect(written).toEqual([]);
  });
});
