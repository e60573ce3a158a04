/** What the page is told of a fit: the file that would be written of it. */

import type { FitFile } from '../../formats/fit.ts';
import { idleParameters } from '../../law/advice/told.ts';
import { coveredRuns } from '../../law/certainty/sensitivities.ts';
import { rankFits } from '../../law/comparison/rank.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import { type LawStudy, mostHelpful, type Study } from '../../law/report/study.ts';
import { fitFile, studyFile } from '../../law/report/studyFile.ts';
import { tellerCounts } from '../../law/runs.ts';
import type { FitFacts } from '../api/fits.ts';
import type { Laws } from './laws.ts';
import type { FitEntry } from './shelf.ts';

/** Of resamples and folds; the command line's own where nothing is said. */
export const SEED = 0;

export function factsOf(entry: FitEntry, laws: Laws, m3lab: string): FitFacts {
  const { id, held, fit, runs, sample, warm, milliseconds } = entry;
  const { law, unknown, theta } = fit;
  return {
    fit: id,
    dataset: sample.dataset,
    without: sample.without,
    law: laws.factsOf(held),
    theta,
    file: fileOf(entry, m3lab),
    idle: idleParameters(law, unknown, { tellers: tellerCounts(coveredRuns(law, runs)) }),
    warm,
    milliseconds,
  };
}

/** Without the resamples themselves, which are many numbers; their intervals are in it. */
export function fileOf(entry: FitEntry, m3lab: string): FitFile {
  return { ...fitFile(studyOf([entry]), lawStudyOf(entry), m3lab), bootstrap: null };
}

/** The whole file of one law, or of several the ranking. */
export function wholeFile(entries: readonly FitEntry[], m3lab: string): ReturnType<typeof studyFile> {
  return studyFile(studyOf(entries), m3lab);
}

function lawStudyOf({ held, fit, bootstrap, heldOut, crossValidation }: FitEntry): LawStudy {
  return {
    asked: { law: held.law, own: held.own },
    fit,
    bootstrap,
    heldOut: SLICES.flatMap((slice) => heldOut.get(slice) ?? []),
    crossValidation,
  };
}

/** Fits to the same runs as one study; the best first, as `m3lab fit` has them. */
function studyOf(entries: readonly FitEntry[]): Study {
  const [first] = entries;
  if (!first) throw new RangeError('no fit, no study');
  const { source, runs, chosen } = first;
  const laws = entries.map(lawStudyOf);
  const ranking = rankFits(
    laws.map(({ fit }) => fit),
    runs,
  );
  const order = [...ranking.ranked, ...ranking.apart].map(({ fit }) => fit);
  laws.sort((a, b) => order.indexOf(a.fit) - order.indexOf(b.fit));
  const best = entries.find(({ fit }) => fit === laws[0]?.fit) ?? first;
  const rows = entries.flatMap(({ kinds }) => kinds ?? []);
  return {
    source,
    runs,
    laws,
    ranking,
    failed: [],
    table: rows.length === entries.length ? rows : null,
    nextRuns: best.nextRuns ? mostHelpful(best.nextRuns, best.fit.law) : [],
    nulls: best.nulls ?? [],
    profiles: entries.flatMap(({ fit, profiles }) =>
      [...profiles.values()].map((profile) => ({ fit, profile })),
    ),
    chosen,
    seed: SEED,
  };
}
