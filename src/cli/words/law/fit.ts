/** One fitted law, for people. */

import type { Bootstrap } from '../../../law/certainty/bootstrap.ts';
import type { Helpfulness } from '../../../law/certainty/nextRun.ts';
import type { Profile, ProfileEnd } from '../../../law/certainty/profile.ts';
import type { Fit } from '../../../law/fit/outcome.ts';
import { parameterValue } from '../../../law/law.ts';
import { recipeKind } from '../../../law/point.ts';
import type { LawStudy } from '../../law/study.ts';
import { counted, labelled, table } from '../words.ts';
import { figure, interval, logError, rSquaredWords, scale, short } from './numbers.ts';
import { paragraphs } from './runs.ts';

/** Its form, how well it fits, its parameters with their intervals. `isFull`: with its source, and a line on what each parameter is. */
export function lawWords({ asked, fit, bootstrap }: LawStudy, isFull: boolean): string {
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
        ['status', statusWords(fit)],
        ...(bootstrap ? [['95 %', bootstrapWords(bootstrap, fit.status)] as const] : []),
      ]),
    ),
    '',
    indented(parameterTable(fit, bootstrap, isFull)),
  ].join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function parameterTable(fit: Fit, bootstrap: Bootstrap | null, isFull: boolean): string {
  const { law, theta, frozen, unknown, atBounds } = fit;
  const rows = law.parameters.map((parameter, index) => {
    const { name, unit, meaning } = parameter;
    const value = parameterValue(parameter, theta[index] ?? Number.NaN);
    const isUnknown = unknown.includes(name);
    const ends = frozen.includes(name)
      ? 'held'
      : isUnknown
        ? 'no run tells'
        : bootstrap
          ? interval(bootstrap.parameters[name])
          : '';
    const at = atBounds.includes(name) ? ' (bound)' : '';
    return [
      name,
      `${isUnknown ? '?' : figure(value)}${at}`,
      ends,
      unit === '1' ? '' : unit,
      isFull ? meaning : '',
    ];
  });
  const head = ['', 'value', bootstrap ? '95 % interval' : '', 'unit', ''];
  return leftAfter(3, [head, ...rows]);
}

/** A table whose columns from `column` on are words, and stand to the left. */
export function leftAfter(column: number, rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return table(
    rows.map((row) => row.map((cell, at) => (at >= column ? cell.padEnd(widths[at] ?? 0) : cell))),
  );
}

function statusWords({ status, unknown, tradeOffs, atBounds, condition }: Fit): string {
  const lines = [
    `${status}${Number.isFinite(condition) ? `; condition ${condition.toExponential(1).replace('e+', 'e')}` : ''}`,
  ];
  if (unknown.length > 0)
    lines.push(
      `no run tells ${unknown.join(', ')}: what follows from ${unknown.length > 1 ? 'them' : 'it'} is not known`,
    );
  if (atBounds.length > 0) lines.push(`at a bound of its own: ${atBounds.join(', ')}`);
  if (tradeOffs.length > 0) {
    const listed = tradeOffs.map(
      ({ parameters, correlation }) =>
        `${parameters.join(' and ')} (${correlation.toFixed(3).replace('-', '−')})`,
    );
    lines.push(`trade off, so that the runs know a combination better than each: ${listed.join(', ')}`);
  }
  return lines.map(paragraphs).join('\n');
}

function bootstrapWords(
  { way, resamples, cells, tooFewCells, thetas, failed, atBounds, underDetermined }: Bootstrap,
  status: Fit['status'],
): string {
  const how = way === 'refitted' ? 'refitted each' : 'to first order, since there are so many runs';
  const lines = [`percentiles of ${counted(resamples, 'resample')} of ${counted(cells, 'recipe')}, ${how}`];
  if (tooFewCells) lines.push('so few recipes make intervals that mean little');
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

/** The runs that would teach most. */
export function nextRunWords(runs: readonly Helpfulness[]): string {
  if (runs.length === 0) return '';
  const rows = runs.map(({ point, reduction }) => [
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
    'Runs that would help most, by how much less the law’s predictions are expected to vary:',
    indented(table([['', 'N', 'D_T', 'k', 'r', 'r_f', 'C', 'variance'], ...rows])),
  ].join('\n');
}

export function profileWords({ parameter, low, high, better }: Profile): string {
  const end = ({ value, open }: ProfileEnd, name: string) =>
    open ? `open ${name} (nothing up to ${figure(value)} is ruled out)` : figure(value);
  const lines = [`profile of ${parameter}, 95 %: ${end(low, 'below')} … ${end(high, 'above')}`];
  if (better)
    lines.push('a better fit than the one above was met on the way; the runs leave several valleys open');
  return lines.join('\n');
}
