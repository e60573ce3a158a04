import { effect } from '@preact/signals-core';
import { expect, test, vi } from 'vitest';
import { type RunOrigin, summaryOf } from '../../../src/formats/runSummary.ts';
import { type ShippedRun, shippedRunOf } from '../../../src/formats/shippedRun.ts';
import { Library, type LibraryOptions } from '../../../src/page/runs/library.ts';
import type { KeptRun } from '../../../src/worker/api/library.ts';
import { numbered } from '../../worker/library/shelf.ts';

function kept(number: number, origin: RunOrigin = 'own'): KeptRun {
  return { summary: summaryOf(numbered(number), { origin, collection: 'c' }), at: number };
}
const shipped = (number: number): ShippedRun => shippedRunOf(numbered(number), 'world');
const idOf = (number: number) => numbered(number).id;

type Answers = Record<string, (command: never) => unknown>;

/** A library before a worker that answers so. */
function makeLibrary(answers: Answers, ships: readonly ShippedRun[] = []) {
  const problems: string[] = [];
  const sent: { readonly command: string }[] = [];
  const send = async (command: { readonly command: string }) => {
    sent.push(command);
    const answer = answers[command.command]?.(command as never);
    return answer instanceof Error
      ? { ok: false, failure: { kind: 'internal', message: answer.message, advice: 'Do.' } }
      : { ok: true, value: answer ?? null };
  };
  const library = new Library({
    client: { send } as LibraryOptions['client'],
    onProblem: (words) => problems.push(words),
    shipped: async () => ({
      fetchShipped: async () => ships,
      shippedFile: (collection) => `https://lab.test/${collection}.jsonl`,
    }),
  });
  const ids = () => library.runs.value.map(({ id }) => id);
  return { library, problems, sent, ids };
}

const page = (runs: readonly KeptRun[], next: string | null = null) => ({ runs, next });

test('own runs come first, the newest of them, then imported and shipped ones, each once', async () => {
  const pages: Record<string, unknown> = {
    null: page([kept(1), kept(2, 'imported')], 'b'),
    b: page([kept(3), kept(4, 'imported')]),
  };
  const answers: Answers = { runs: ({ after }: { after: string | null }) => pages[String(after)] };
  const { library, ids } = makeLibrary(answers, [shipped(3), shipped(5)]);
  expect(library.loaded.value).toBe(false);
  await library.load();
  await library.load();
  expect(ids()).toEqual([3, 1, 4, 2, 5].map(idOf));
  expect(library.loaded.value && library.shippedLoaded.value).toBe(true);
  expect(library.isOwn(idOf(3))).toBe(true);
  expect(library.isOwn(idOf(5))).toBe(false);
});

test('what is told while runs are listed is newer than the list', async () => {
  const { library, ids } = makeLibrary({
    runs: () => {
      library.take({ event: 'recorded', runs: [{ ...kept(1), at: 99 }, kept(7)] });
      library.take({ event: 'removed', ids: [idOf(2)] });
      return page([kept(1), kept(2), kept(3)]);
    },
  });
  await library.load();
  expect(ids()).toEqual([1, 7, 3].map(idOf));
});

test('recorded and removed runs change the list', async () => {
  const { library, ids } = makeLibrary({ runs: () => page([kept(1)]) });
  await library.load();
  const seen = vi.fn();
  effect(() => seen(library.runs.value.length));
  library.take({ event: 'recorded', runs: [kept(2)] });
  library.take({ event: 'removed', ids: [idOf(1)] });
  expect(seen.mock.calls.flat()).toEqual([1, 2, 1]);
  expect(ids()).toEqual([idOf(2)]);
});

test('ten thousand runs are listed within a moment', async () => {
  const COUNT = 10_000;
  /** Sorted, and asked for in pages of 500; of the processor's time, so that others on the machine do not count. */
  const MOST_MS = 2000;
  const all = Array.from({ length: COUNT }, (_, number) => kept(number));
  const answers: Answers = {
    runs: ({ after }: { after: string | null }) => {
      const from = Number(after ?? 0);
      return page(all.slice(from, from + 500), from + 500 < COUNT ? String(from + 500) : null);
    },
  };
  const { library } = makeLibrary(answers);
  const began = process.cpuUsage();
  await library.load();
  expect(library.runs.value).toHaveLength(COUNT);
  library.take({ event: 'recorded', runs: [kept(COUNT)] });
  expect(library.runs.value[0]?.id).toBe(idOf(COUNT));
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1000).toBeLessThan(MOST_MS);
});

test('deleting gives the way back', async () => {
  const { library, sent } = makeLibrary({ removeRuns: () => [idOf(1)] });
  const undo = await library.remove([idOf(1), idOf(2)]);
  await undo();
  expect(sent).toEqual([
    { command: 'removeRuns', ids: [idOf(1), idOf(2)] },
    { command: 'restoreRuns', ids: [idOf(1)] },
  ]);
});

test('records of shipped runs are looked for in their file, and exported from there', async () => {
  const tagged = { ...shipped(4), tags: { round: '2' } };
  const { library, sent } = makeLibrary({ runs: () => page([kept(1)]) }, [shipped(2), shipped(3), tagged]);
  await library.load();
  await library.record(idOf(1));
  await library.record(idOf(2));
  await library.exportRuns([idOf(1), idOf(3)], 'csv');
  await library.exportRuns([idOf(4)], 'csv');
  const url = 'https://lab.test/world.jsonl';
  expect(sent.slice(1)).toEqual([
    { command: 'record', id: idOf(1) },
    { command: 'record', id: idOf(2), shipped: url },
    { command: 'exportRuns', ids: [idOf(1)], shipped: [{ url, ids: [idOf(3)] }], format: 'csv' },
    {
      command: 'exportRuns',
      ids: [],
      shipped: [{ url, ids: [idOf(4)], tags: { [idOf(4)]: { round: '2' } } }],
      format: 'csv',
    },
  ]);
});

test('what the worker refuses is an error with its failure, and a list that fails is told', async () => {
  const { library, problems } = makeLibrary({
    runs: () => new Error('It is broken.'),
    renameRun: () => new Error('This run is no longer here.'),
  });
  await library.load();
  expect(library.loaded.value).toBe(true);
  expect(problems).toEqual(['The runs of earlier visits cannot be listed: It is broken.']);
  await expect(library.rename('x', 'y')).rejects.toMatchObject({
    name: 'LibraryError',
    failure: { kind: 'internal' },
    message: 'This run is no longer here. Do.',
  });
});
