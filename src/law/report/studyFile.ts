/** A study as files: what `m3lab fit --out` writes, and what the page gives to be kept. */

import type { FitFile, HeldOutFigures, RankedFitsFile } from '../../formats/fit.ts';
import { recipeCells } from '../certainty/cells.ts';
import { coveredRuns } from '../certainty/sensitivities.ts';
import type { CrossValidation } from '../comparison/folds.ts';
import type { HeldOut } from '../comparison/heldOut.ts';
import type { Figure } from '../comparison/table.ts';
import { valuesOf } from '../law.ts';
import { extentOf, firstStageOf, tellerCounts } from '../runs.ts';
import type { LawStudy, Study } from './study.ts';

/** Digits of a resample's values: far below what the resamples differ by. */
const RESAMPLE_DIGITS = 7;

/** One law's file, or the ranking's; `m3lab` is the version that made it. */
export function studyFile(study: Study, m3lab: string): FitFile | RankedFitsFile {
  const [only] = study.laws;
  if (only && study.laws.length === 1 && study.failed.length === 0) return fitFile(study, only, m3lab);
  const fileOf = ({ fit }: { readonly fit: LawStudy['fit'] }) => {
    const found = study.laws.find((one) => one.fit === fit);
    if (!found) throw new RangeError(`${fit.law.name} was ranked but not studied`);
    return fitFile(study, found, m3lab);
  };
  return {
    version: 1,
    ranked: study.ranking.ranked.map(fileOf),
    notRanked: [
      ...study.ranking.apart.map((one) => ({ law: one.fit.law.name, reason: one.reason, fit: fileOf(one) })),
      ...study.failed.map((one) => ({ ...one, fit: null })),
    ],
  };
}

/** One law of a study. */
export function fitFile(
  study: Study,
  { asked, fit, bootstrap, heldOut, crossValidation }: LawStudy,
  m3lab: string,
): FitFile {
  const { law } = fit;
  const values = valuesOf(law, fit.theta);
  const isBest = study.laws[0]?.fit === fit;
  const runs = coveredRuns(law, study.runs);
  return {
    version: 1,
    law: law.name,
    title: law.title,
    form: law.formula.text,
    note: law.note,
    ...(asked.own && { own: asked.own }),
    m3lab,
    sources: study.source.sources.map(({ file, rows, sha256 }) => ({
      file,
      rows,
      ...(sha256 !== undefined && { sha256 }),
    })),
    chosen: [...study.chosen],
    columns: study.source.columns,
    rows: fit.rows,
    recipes: recipeCells(runs).count,
    dropped: study.source.leftOut.map(({ reason, rows }) => ({ reason, rows })),
    parameters: Object.fromEntries(
      law.parameters.map(({ name, unit }) => {
        const interval = bootstrap?.parameters[name];
        const ends: [number, number] | null = interval ? [interval.low, interval.high] : null;
        return [name, { value: values[name] ?? Number.NaN, interval: ends, unit }];
      }),
    ),
    frozen: [...fit.frozen],
    ...(fit.borrowed.length > 0 &&
      law.borrows && { borrowed: { law: law.borrows.law, parameters: [...fit.borrowed] } }),
    delta: fit.delta,
    objective: fit.objective,
    rSquared: finiteOrNull(fit.rSquared),
    rmseLog: fit.rmseLog,
    aicc: finiteOrNull(fit.aicc),
    status: fit.status,
    atBounds: [...fit.atBounds],
    unknown: [...fit.unknown],
    tradeOffs: fit.tradeOffs.map(({ parameters: [one, other], correlation }) => ({
      parameters: [one, other],
      correlation,
    })),
    condition: fit.condition,
    heldOut: Object.fromEntries([
      ...heldOut.map((one) => [one.slice, heldOutFigures(one)] as const),
      ...(crossValidation ? [['cross-validation', crossFigures(crossValidation)] as const] : []),
    ]),
    ...byKindOf(study, law.name),
    ...(isBest && { nulls: study.nulls.map((one) => ({ ...one, at: { ...one.at } })) }),
    seed: study.seed,
    bootstrap: bootstrap && {
      resamples: bootstrap.resamples,
      failed: bootstrap.failed,
      method: bootstrap.way,
      names: law.parameters.map(({ name }) => name),
      values: bootstrap.thetas.map((theta) =>
        Object.values(valuesOf(law, theta)).map((value) => Number(value.toPrecision(RESAMPLE_DIGITS))),
      ),
    },
    extent: Object.fromEntries(
      Object.entries(extentOf(runs)).map(([quantity, [low, high]]) => [quantity, [low, high]]),
    ),
    firstStage: mutable(firstStageOf(runs)),
    tellers: { ...tellerCounts(runs) },
    ...(isBest && {
      nextRuns: study.nextRuns.map(({ point: { N, D_T, k, r, r_f, C }, reduction }) => ({
        N,
        D_T,
        k,
        r,
        r_f,
        C,
        reduction,
      })),
    }),
    ...profilesOf(study, fit),
  };
}

function byKindOf({ table }: Study, law: string): Pick<FitFile, 'byKind'> {
  const row = table?.find((one) => one.law === law);
  if (!row) return {};
  const kinds = Object.entries(row.cells).map(([kind, { seen, joint, own }]) => [
    kind,
    { seen: figureFile(seen), joint: figureFile(joint), own: own && figureFile(own) },
  ]);
  return { byKind: Object.fromEntries(kinds) };
}

function figureFile({ score, reason }: Figure): HeldOutFigures {
  return {
    rows: score?.rows ?? 0,
    rSquared: finiteOrNull(score?.rSquared),
    rmseLog: finiteOrNull(score?.rmseLog),
    ...(reason !== null && { reason }),
  };
}

function profilesOf({ profiles }: Study, fit: LawStudy['fit']): Pick<FitFile, 'profiles'> {
  const theirs = profiles.filter((one) => one.fit === fit).map(({ profile }) => profileFile(profile));
  return theirs.length > 0 ? { profiles: theirs } : {};
}

function profileFile({ parameter, low, high, critical, points }: Study['profiles'][number]['profile']) {
  return { parameter, low, high, critical, points: points.map((point) => ({ ...point })) };
}

function mutable({ rules, unknown }: ReturnType<typeof firstStageOf>): FitFile['firstStage'] {
  return { rules: rules.map((rule) => ({ ...rule })), unknown };
}

function heldOutFigures({ turns, score, reason }: HeldOut): HeldOutFigures {
  const rows = score?.rows ?? turns.reduce((sum, { held }) => sum + held, 0);
  return {
    rows,
    rSquared: finiteOrNull(score?.rSquared),
    rmseLog: finiteOrNull(score?.rmseLog),
    ...(reason !== null && { reason }),
  };
}

function crossFigures({ score, untold, folds }: CrossValidation): HeldOutFigures {
  const reason = crossReason(folds, untold);
  return {
    rows: score?.rows ?? 0,
    rSquared: finiteOrNull(score?.rSquared),
    rmseLog: finiteOrNull(score?.rmseLog),
    ...(reason !== null && { reason }),
  };
}

function crossReason(folds: number, { rows, parameters }: CrossValidation['untold']): string | null {
  if (folds === 0) return 'all runs are of one group';
  if (rows === 0) return null;
  return `${rows} runs could not be predicted: without their fold nothing tells ${parameters.join(', ')}`;
}

function finiteOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}
