/** One fitted law, for people. */

import type { Bootstrap } from '../../../law/certainty/bootstrap.ts';
import { recipeCells } from '../../../law/certainty/cells.ts';
import type { Helpfulness } from '../../../law/certainty/nextRun.ts';
import type { Profile, ProfileEnd } from '../../../law/certainty/profile.ts';
import { coveredRuns } from '../../../law/certainty/sensitivities.ts';
import type { Fit } from '../../../law/fit/outcome.ts';
import { parameterValue } from '../../../law/law.ts';
import { recipeKind } from '../../../law/point.ts';
import { figure, logError, rSquaredWords, scale, short } from '../../../law/report/numbers.ts';
import type { LawStudy, Study } from '../../../law/report/study.ts';
import type { Run } from '../../../law/run.ts';
import { counted, labelled, table } from '../words.ts';
import { idleIn, indented, parameterTable } from './parameters.ts';
import { paragraphs } from './runs.ts';

/** Its form, how well it fits, its parameters with their intervals. `isFull`: with its source, and a line on what each parameter is. */
export function lawWords(
  { asked, fit, bootstrap }: LawStudy,
  { runs }: Pick<Study, 'runs'>,
  isFull: boolean,
): string {
  const { law } = asked;
  const aicc =
    fit.aicc === null
      ? 'none, there are too few runs'
      : fit.aicc.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    `${law.name}: ${law.title}`,
    indented(
      labelled([
        ['form', paragraphs(law.formula.text)],
        ...(law.note === '' ? [] : [['note', paragraphs(law.note)] as const]),
        ...(isFull ? [['source', paragraphs(law.source)] as const] : []),
        [
          'fit',
          `${counted(fit.rows, 'run')}, objective ${figure(fit.objective)} (Huber, δ = ${fit.delta}), R² ${rSquaredWords(fit.rSquared)}, RMSE log ${logError(fit.rmseLog)}, AICc ${aicc.replace('-', '−')}`,
        ],
        ['status', statusWords(fit, runs)],
        ...(bootstrap ? [['95 %', bootstrapWords(bootstrap, fit)] as const] : []),
      ]),
    ),
    '',
    indented(parameterTable(fit, bootstrap, isFull, idleIn(fit, runs))),
  ].join('\n');
}

/** Of a correlation: what is tied so closely is one parameter to the runs. */
const PROPORTIONAL = 1 - 1e-9;

/** From here on estimates depend on the last digits of the runs' losses (condition of the scaled JᵀJ). */
const BAD_CONDITION = 1e6;

function statusWords(fit: Fit, runs: readonly Run[]): string {
  const { law, status, unknown, tradeOffs, atBounds, condition, theta, frozen } = fit;
  const idle = idleIn(fit, runs);
  const untold = unknown.filter((name) => !idle.includes(name));
  const recipes = recipeCells(coveredRuns(law, runs)).count;
  const fitted = law.parameters.length - frozen.length - unknown.length;
  const foundValue = (name: string) => {
    const index = law.parameters.findIndex((parameter) => parameter.name === name);
    const parameter = law.parameters[index];
    return parameter ? figure(parameterValue(parameter, theta[index] ?? Number.NaN)) : '';
  };
  // What does not matter where the fit ended leaves nothing open.
  const isSettled =
    status === 'under-determined' &&
    untold.length === 0 &&
    idle.length > 0 &&
    recipes > fitted &&
    tradeOffs.every(({ correlation }) => Math.abs(correlation) < PROPORTIONAL);
  const shown = isSettled ? (atBounds.length > 0 ? 'at a bound' : 'converged') : status;
  const judged = condition > BAD_CONDITION ? ', bad: estimates hang on the last digits of the losses' : '';
  const lines = [
    `${shown}${Number.isFinite(condition) ? `; condition ${condition.toExponential(1).replace('e+', 'e')}${judged}` : ''}`,
  ];
  if (recipes <= fitted)
    lines.push(
      `${counted(recipes, 'recipe')} for ${counted(fitted, 'fitted parameter')}: the law passes through all of them, and nothing follows`,
    );
  if (untold.length > 0)
    lines.push(
      `no run tells ${untold.join(', ')}: what follows from ${untold.length > 1 ? 'them' : 'it'} is not known`,
    );
  if (atBounds.length > 0)
    lines.push(
      `at the end of what ${atBounds.length > 1 ? 'they' : 'it'} may be: ${atBounds.map((name) => `${name} = ${foundValue(name)}`).join(', ')}`,
    );
  if (idle.length > 0) lines.push(`${idle.join(', ')} ${idle.length > 1 ? 'do' : 'does'} not matter there`);
  if (tradeOffs.length > 0) {
    const listed = tradeOffs.map(
      ({ parameters, correlation }) =>
        `${parameters.join(' and ')} (correlation ${correlation.toFixed(3).replace('-', '−')})`,
    );
    lines.push(
      `of these pairs the runs know a combination better than each of the two: ${listed.join(', ')}`,
    );
  }
  return lines.map(paragraphs).join('\n');
}

function bootstrapWords(
  { way, resamples, cells, tooFewCells, thetas, failed, atBounds, underDetermined, borrowedToo }: Bootstrap,
  { status, law, borrowed }: Fit,
): string {
  const how = way === 'refitted' ? 'refitted each' : 'to first order, since there are so many runs';
  const lines = [
    `percentiles of ${counted(resamples, 'resample')} of ${counted(cells, 'recipe')} (one N, D_T, k, r, r_f, r_1 and pair; seeds of one stay together), ${how}`,
  ];
  if (tooFewCells) lines.push('so few recipes make intervals that mean little');
  if (borrowedToo !== null)
    lines.push(
      borrowedToo
        ? `the fit of ${law.borrows?.law} that ${borrowed.join(', ')} come from was resampled too`
        : `${borrowed.join(', ')} are taken as certain`,
    );
  if (failed > 0)
    lines.push(
      `${counted(failed, 'resample')} could not be fitted, and ${thetas.length.toLocaleString('en')} count`,
    );
  if (atBounds > 0) lines.push(`in ${counted(atBounds, 'resample')} a parameter was at a bound`);
  // Where the runs themselves leave it open, so does every part of them.
  if (underDetermined > 0 && status !== 'under-determined')
    lines.push(`in ${counted(underDetermined, 'resample')} some parameter was left open`);
  return lines.map(paragraphs).join('\n');
}

/** Below this share a run would help nobody. */
const NO_HELP = 0.005;

/** The runs that would teach most. */
export function nextRunWords(runs: readonly Helpfulness[]): string {
  if (runs.length === 0) return '';
  const helpful = runs.filter(({ reduction }) => reduction >= NO_HELP);
  if (helpful.length === 0)
    return 'No single run would help much: none takes as much as 0.5 % of the variance of the law’s predictions.';
  const rows = helpful.map(({ point, reduction }) => [
    recipeKind(point),
    scale(point.N),
    scale(point.D_T),
    short(point.k),
    short(point.r),
    short(point.r_f),
    short(point.C),
    `−${(100 * reduction).toFixed(0)} %`,
  ]);
  return [
    paragraphs(
      'The run of each kind that would help most, by how much less the best law’s predictions are expected to vary, over runs of all kinds from half the smallest to twice the largest N and D_T of these:',
    ),
    indented(table([['', 'N', 'D_T', 'k', 'r', 'r_f', 'C', 'variance'], ...rows])),
  ].join('\n');
}

export function profileWords(law: string, { parameter, low, high, better }: Profile): string {
  const end = ({ value, open }: ProfileEnd, name: string) =>
    open ? `open ${name} (nothing up to ${figure(value)} is ruled out)` : figure(value);
  const lines = [`profile of ${parameter} in ${law}, 95 %: ${end(low, 'below')} … ${end(high, 'above')}`];
  if (better)
    lines.push('a better fit than the one above was met on the way; the runs leave several valleys open');
  return lines.join('\n');
}
