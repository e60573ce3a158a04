/** How far to trust a fit: intervals, profiles, what was held out, which runs pull and which would help. */

import { bootstrap } from '../../law/certainty/bootstrap.ts';
import { proposeRuns } from '../../law/certainty/candidates.ts';
import { helpfulRuns } from '../../law/certainty/nextRun.ts';
import { profile } from '../../law/certainty/profile.ts';
import { type CrossValidation, crossValidate } from '../../law/comparison/folds.ts';
import { type HeldOut, holdOut } from '../../law/comparison/heldOut.ts';
import { testNulls } from '../../law/comparison/nulls.ts';
import { seedNoise } from '../../law/comparison/seedNoise.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import { lawTable } from '../../law/comparison/table.ts';
import { groupDifferences } from '../../law/groupDifferences.ts';
import { recipeKind } from '../../law/point.ts';
import { mostHelpful } from '../../law/report/study.ts';
import { kindCounts } from '../../law/runs.ts';
import type { CertaintyFacts, FitCommand, FitReply } from '../api/fits.ts';
import type { Handlers } from '../serve.ts';
import type { Desk } from './desk.ts';
import { fileOf, SEED } from './facts.ts';
import { pointsOf } from './points.ts';
import type { FitEntry } from './shelf.ts';

type Commands = Extract<
  FitCommand,
  {
    readonly command:
      | 'certainty'
      | 'points'
      | 'ground'
      | 'profile'
      | 'heldOut'
      | 'kinds'
      | 'nulls'
      | 'nextRun';
  }
>;

/** Resamples after which intervals are told for the first time: coarse, and there at once. */
const FIRST_RESAMPLES = 40;

export function trustHandlers(desk: Desk): Handlers<Commands, Pick<FitReply, Commands['command']>> {
  const { shelf } = desk;

  return {
    async certainty({ fit: id, resamples, task }, signal) {
      const entry = shelf.fit(id);
      const told = (share: number) => desk.progress(task, 'Resampling the recipes', share);
      if (resamples > 2 * FIRST_RESAMPLES && entry.bootstrap === null) {
        await resample(entry, FIRST_RESAMPLES, signal);
        desk.tell({ event: 'certainty', task, certainty: certaintyOf(entry, resamples, desk.m3lab) });
      }
      await resample(entry, resamples, signal, told);
      return certaintyOf(entry, resamples, desk.m3lab);
    },
    points: ({ fit: id }, signal) => pointsOf(shelf.fit(id), signal),
    ground({ fit: id }) {
      const { fit, runs } = shelf.fit(id);
      return {
        fit: id,
        noise: seedNoise(runs),
        groups: groupDifferences(fit.law, fit.theta, runs),
        kinds: kindCounts(runs),
      };
    },
    async profile({ fit: id, parameter, task }, signal) {
      const entry = shelf.fit(id);
      const known = entry.profiles.get(parameter);
      if (known) return known;
      const onProgress = (share: number) => desk.progress(task, `Profile of ${parameter}`, share);
      const made = await profile(entry.fit, entry.runs, parameter, { signal, onProgress });
      entry.profiles.set(parameter, made);
      return made;
    },
    async heldOut({ fit: id, slices, task }, signal) {
      const entry = shelf.fit(id);
      const found: HeldOut[] = [];
      for (const [index, slice] of slices.entries()) {
        const one = await holdOutEntry(entry, slice, signal, (share) =>
          desk.progress(task, `Without ${slice}`, (index + share) / slices.length),
        );
        found.push(one);
        desk.tell({ event: 'heldOut', task, heldOut: one });
      }
      return found;
    },
    async kinds({ fits, task }, signal) {
      const rows = [];
      for (const [index, id] of fits.entries()) {
        const entry = shelf.fit(id);
        const row = await kindsOf(entry, signal, (share) =>
          desk.progress(task, `${entry.fit.law.name} by kind of recipe`, (index + share) / fits.length),
        );
        if (row) rows.push(row);
      }
      return rows;
    },
    nulls: ({ fit: id, task }, signal) =>
      nullsOf(shelf.fit(id), signal, (share) => desk.progress(task, 'Fits without an effect', share)),
    nextRun({ fit: id }) {
      const entry = shelf.fit(id);
      return mostHelpful(helpsOf(entry), entry.fit.law);
    },
  };
}

export async function resample(
  entry: FitEntry,
  resamples: number,
  signal: AbortSignal,
  onProgress: (share: number) => void = () => {},
): Promise<void> {
  if (entry.bootstrap && entry.bootstrap.resamples >= resamples) return;
  entry.bootstrap = await bootstrap(entry.fit, entry.runs, { resamples, seed: SEED, signal, onProgress });
}

export async function crossValidateEntry(
  entry: FitEntry,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<CrossValidation> {
  entry.crossValidation ??= await crossValidate(entry.fit, entry.runs, { seed: SEED, signal, onProgress });
  return entry.crossValidation;
}

export async function holdOutEntry(
  entry: FitEntry,
  slice: SliceName,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<HeldOut> {
  const known = entry.heldOut.get(slice);
  if (known) return known;
  const { held, runs, freeze } = entry;
  const found = await holdOut(held.law, runs, slice, { freeze, seed: SEED, signal, onProgress });
  entry.heldOut.set(slice, found);
  return found;
}

/** Null where the runs are of one kind. */
export async function kindsOf(
  entry: FitEntry,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<FitEntry['kinds']> {
  const { fit, runs } = entry;
  if (new Set(runs.map(({ point }) => recipeKind(point))).size < 2) return null;
  entry.kinds ??= (await lawTable([fit], runs, { seed: SEED, signal, onProgress }))[0] ?? null;
  return entry.kinds;
}

export async function nullsOf(
  entry: FitEntry,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<NonNullable<FitEntry['nulls']>> {
  entry.nulls ??= await testNulls(entry.fit, entry.runs, { seed: SEED, signal, onProgress });
  return entry.nulls;
}

export function helpsOf(entry: FitEntry): NonNullable<FitEntry['nextRuns']> {
  const { fit, runs } = entry;
  entry.nextRuns ??= helpfulRuns(fit, runs, proposeRuns(runs));
  return entry.nextRuns;
}

function certaintyOf(entry: FitEntry, asked: number, m3lab: string): CertaintyFacts {
  const made = entry.bootstrap;
  return {
    fit: entry.id,
    file: fileOf(entry, m3lab),
    resamples: made?.resamples ?? 0,
    asked,
    way: made?.way ?? 'refitted',
    cells: made?.cells ?? 0,
    tooFewCells: made?.tooFewCells ?? true,
    failed: made?.failed ?? 0,
    held: made?.held ?? [],
  };
}
