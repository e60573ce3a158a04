import { describe, expect, it } from 'vitest';
import { formatManifest, type ManifestRun } from '../../../src/formats/manifest.ts';
import type { SweepDesign } from '../../../src/formats/sweepDesignFields.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import {
  bestCell,
  cells,
  chosenLoss,
  collectResults,
  hasTag,
  isAskedBy,
  isAskedIn,
  kindsOf,
  mergedLines,
  ofRound,
  recipeKind,
  reportedLoss,
  resultsOf,
  seedDeviation,
  wholeLoss,
} from '../../../src/sweep/experiments/results.ts';
import { designOf, settingOf } from '../../../src/sweep/experiments/settings.ts';
import { writeRecord } from '../../../src/sweep/run/folder.ts';
import { madeUp, madeUpRecord, planned } from './madeUp.ts';

const setting = settingOf('small');
const [model] = setting.models;

function design(epochs: number, seed = 1, experiment = 'a', round = 'one'): SweepDesign {
  return designOf(setting, {
    name: `k ${epochs} seed ${seed}`,
    experiment,
    round,
    model: model!,
    recipe: { targetTokens: 4097, epochs },
    compute: 1e10,
    learningRate: 0.003,
    seed,
  });
}

const epochsOf = ({ config }: Pick<ManifestRun, 'config'>) =>
  'epochs' in config.recipe ? config.recipe.epochs : 0;

describe('results', () => {
  it('finds a tag alone and among others', async () => {
    const [first] = await madeUp([design(4), { ...design(4, 1, 'b', 'two'), name: 'x' }], () => 3);
    expect(first!.tags.asked).toEqual(['a/one', 'b/two']);
    expect(hasTag(first!, 'asked', 'b/two')).toBe(true);
    expect(hasTag(first!, 'asked', 'c/two')).toBe(false);
    expect(['a', 'b', 'c'].map((experiment) => isAskedBy(first!, experiment))).toEqual([true, true, false]);
    expect(['one', 'two', 'o'].map((round) => isAskedIn(first!, round))).toEqual([true, true, false]);
    expect(hasTag(first!, 'nothing', 'c')).toBe(false);
    expect(ofRound([first!], 'b', 'two')).toHaveLength(1);
    expect(ofRound([first!], 'b', 'three')).toHaveLength(0);
    // What one experiment calls its round says nothing of another's.
    expect(ofRound([first!], 'b', 'one')).toHaveLength(0);
  });

  it('chooses by even windows and reports on odd ones', async () => {
    const [run] = await madeUp([design(4)], () => [2, 3]);
    expect([chosenLoss(run!), reportedLoss(run!), wholeLoss(run!)]).toEqual([2, 3, 2.5]);
    const { targetHalvesBitsPerByte: _, ...final } = run!.record.final!;
    const old = { ...run!, record: { ...run!.record, final } };
    expect([chosenLoss(old), reportedLoss(old)]).toEqual([2.5, 2.5]);
  });

  it('takes a run that diverged for infinitely bad, and never chooses it', async () => {
    const runs = await madeUp([design(4), design(8)], (run) =>
      epochsOf(run) === 4 ? Number.POSITIVE_INFINITY : 3,
    );
    expect(runs.map(chosenLoss).sort()).toEqual([3, Number.POSITIVE_INFINITY]);
    expect(bestCell(runs)?.nominal.k).toBe(8);
    expect(bestCell(runs.filter((run) => epochsOf(run) === 4))).toBeNull();
    expect(bestCell([])).toBeNull();
  });

  it('takes runs together that differ in nothing but the seed', async () => {
    const designs = [design(4, 1), design(4, 2), design(4, 3), design(8, 1)];
    const losses: Record<number, [number, number]> = { 1: [2, 3.1], 2: [2.2, 3.2], 3: [2.4, 3.6] };
    const runs = await madeUp(designs, (run) => (epochsOf(run) === 8 ? [2.1, 3] : losses[run.config.seed]!));
    const found = cells(runs);
    expect(found).toHaveLength(2);
    const four = found.find(({ nominal }) => nominal.k === 4)!;
    const eight = found.find(({ nominal }) => nominal.k === 8)!;
    expect(four.runs.map(({ config }) => config.seed)).toEqual([1, 2, 3]);
    expect(four.chosen).toBeCloseTo(2.2, 12);
    expect(four.reported).toBeCloseTo(3.3, 12);
    // Of 3.1, 3.2, 3.6: squares about 3.3 are 0.04 + 0.01 + 0.09.
    expect(four.deviation).toBeCloseTo(Math.sqrt(0.14 / 2), 12);
    expect(eight.deviation).toBeNaN();
    // By the half that chooses, not the one that reports.
    expect(bestCell(runs)?.nominal.k).toBe(8);
    expect(cells([...runs].reverse())).toEqual(found);
  });

  it('tells another rate, source or weight decay apart', async () => {
    const runs = await madeUp(
      [
        design(4),
        { ...design(4), name: 'rate', optimizer: { ...design(4).optimizer, learningRate: 0.006 } },
        { ...design(4), name: 'decay', optimizer: { ...design(4).optimizer, weightDecay: 0.4 } },
        { ...design(4), name: 'source', corpora: { target: 'world:id', source: 'world:ja' } },
      ],
      () => 3,
    );
    expect(cells(runs)).toHaveLength(4);
  });

  it('pools the deviation over recipes by their degrees of freedom', async () => {
    const losses: Record<string, number> = {
      '4 1': 3,
      '4 2': 3.2,
      '8 1': 4,
      '8 2': 4.1,
      '8 3': 4.2,
      '16 1': 9,
    };
    const designs = Object.keys(losses).map((key) =>
      design(...(key.split(' ').map(Number) as [number, number])),
    );
    const runs = await madeUp(designs, (run) => losses[`${epochsOf(run)} ${run.config.seed}`]!);
    // Squares 0.02 on one degree, 0.02 on two.
    expect(seedDeviation(runs)).toBeCloseTo(Math.sqrt(0.04 / 3), 12);
    const single = runs.filter(({ config }) => config.seed === 1);
    expect(seedDeviation(single)).toBeNull();
  });

  it('pools over what did not diverge', async () => {
    const runs = await madeUp([design(4, 1), design(4, 2), design(8, 1), design(8, 2)], (run) => {
      if (epochsOf(run) === 8) return run.config.seed === 1 ? 3 : Number.POSITIVE_INFINITY;
      return run.config.seed;
    });
    expect(seedDeviation(runs)).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it('sorts runs by kind', async () => {
    const base = design(4);
    const runs = await madeUp(
      [
        base,
        { ...base, name: 'single', recipe: { targetTokens: 4097, epochs: 4, ratio: 0.5 } },
        { ...base, name: 'two', recipe: { targetTokens: 4097, epochs: 4, firstRatio: 0.1, finalShare: 0.2 } },
        {
          ...base,
          name: 'first source',
          recipe: {
            targetTokens: 4097,
            tokens: 20000,
            stages: [
              { share: 0.5, ratio: 1 },
              { share: 0.5, ratio: 0 },
            ],
          },
        },
      ],
      () => 3,
    );
    const kinds = kindsOf(runs);
    expect(Object.values(kinds).map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(kinds['multi-lingual two-stage'][0]!.nominal.s).toBeCloseTo(0.2, 9);
    expect(runs.map(recipeKind).filter((kind) => kind === null)).toHaveLength(1);
  });

  it('joins the tags of rounds, and leaves out what has no finished record', async () => {
    const first = await planned([design(4), design(8)]);
    const second = await planned([design(4, 1, 'b', 'two')]);
    expect(mergedLines([...first, ...second])).toHaveLength(2);
    const [four] = second;
    const stopped = {
      ...madeUpRecord(first.find(({ id }) => id !== four!.id)!, 3),
      status: 'stopped' as const,
    };
    const results = resultsOf([...first, ...second], [madeUpRecord(four!, 3), stopped]);
    expect(results.map(({ id }) => id)).toEqual([four!.id]);
    expect(results[0]!.tags.asked).toEqual(['a/one', 'b/two']);
    expect(results[0]!.record.id).toBe(four!.id);
  });

  it('reads a folder: manifests of rounds, records, what is missing and what is damaged', async () => {
    const store = new MemoryStore();
    expect(await collectResults(store)).toEqual({ results: [], missing: [], damaged: [] });
    const bytes = (text: string) => new TextEncoder().encode(text);
    const first = await planned([design(4), design(8), design(16)]);
    const second = await planned([design(4, 1, 'b', 'two')]);
    await store.write('manifests/a.one.jsonl', bytes(formatManifest(first)));
    await store.write('manifests/b.two.jsonl', bytes(formatManifest(second)));
    await store.write('manifests/notes.txt', bytes('not a manifest'));
    const [four] = second;
    const [other, another] = first.filter(({ id }) => id !== four!.id);
    await writeRecord(store, madeUpRecord(four!, [2, 3]));
    await store.write(`records/${other!.id}.json`, bytes('{"version": 1'));
    const { results, missing, damaged } = await collectResults(store);
    expect(results).toHaveLength(1);
    expect(results[0]!.tags.asked).toEqual(['a/one', 'b/two']);
    expect(reportedLoss(results[0]!)).toBe(3);
    expect(missing.map(({ id }) => id).sort()).toEqual([other!.id, another!.id].sort());
    expect(damaged.map(({ path }) => path)).toEqual([`records/${other!.id}.json`]);
  });
});
