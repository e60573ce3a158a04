/** Parameters of fitted laws with their intervals, for people. */

import { idleParameters } from '../../../law/advice/told.ts';
import type { Bootstrap } from '../../../law/certainty/bootstrap.ts';
import { coveredRuns } from '../../../law/certainty/sensitivities.ts';
import type { Fit } from '../../../law/fit/outcome.ts';
import { coordinateOf, type LawParameter, parameterValue } from '../../../law/law.ts';
import { between, figure, interval } from '../../../law/report/numbers.ts';
import type { LawStudy } from '../../../law/report/study.ts';
import type { Run } from '../../../law/run.ts';
import { tellerCounts } from '../../../law/runs.ts';
import { table } from '../words.ts';

/** Value, interval and unit of each parameter; with `isFull` what it is, too. */
export function parameterTable(
  fit: Fit,
  bootstrap: Bootstrap | null,
  isFull: boolean,
  idle: readonly string[],
): string {
  const { law, theta, unknown } = fit;
  const rows = law.parameters.map((parameter, index) => {
    const { name, unit, meaning } = parameter;
    const value = parameterValue(parameter, theta[index] ?? Number.NaN);
    return [
      name,
      unknown.includes(name) ? '?' : figure(value),
      intervalWords(parameter, fit, bootstrap, idle),
      unit === '1' ? '' : unit,
      isFull ? meaning : '',
    ];
  });
  return leftAfter(3, [['', 'value', bootstrap ? '95 % interval' : '', 'unit', ''], ...rows]);
}

/** An end that is the parameter's bound is written as one: beyond it there is nothing to be sure of. */
function intervalWords(
  parameter: LawParameter,
  { frozen, borrowed, unknown, atBounds, law }: Fit,
  bootstrap: Bootstrap | null,
  idle: readonly string[],
): string {
  const { name, lower, upper } = parameter;
  if (idle.includes(name)) return 'does not matter here';
  if (unknown.includes(name)) return 'no run tells it';
  const ends = bootstrap?.parameters[name] ?? null;
  const source = borrowed.includes(name) ? `from ${law.borrows?.law ?? 'another fit'}` : 'given';
  if (frozen.includes(name)) return ends ? `${interval(ends)} (${source})` : source;
  if (ends === null) {
    if (bootstrap?.held.includes(name) || atBounds.includes(name)) return 'at its bound';
    return bootstrap ? '–' : '';
  }
  const isAt = (value: number, bound: number) =>
    Number.isFinite(bound) &&
    Math.abs(coordinateOf(parameter, value) - bound) <= AT_BOUND * Math.max(1, Math.abs(bound));
  const [low, high] = [isAt(ends.low, lower), isAt(ends.high, upper)];
  const words = between(
    low ? `bound ${figure(ends.low)}` : figure(ends.low),
    high ? `bound ${figure(ends.high)}` : figure(ends.high),
  );
  return atBounds.includes(name) ? `${words}, at its bound` : words;
}

/** Of a coordinate, relative: percentiles of coordinates at a bound are the bound, to rounding. */
const AT_BOUND = 1e-9;

/** Parameters that are open where the fit ended though some runs could tell them. */
export function idleIn({ law, unknown }: Fit, runs: readonly Run[]): readonly string[] {
  return idleParameters(law, unknown, { tellers: tellerCounts(coveredRuns(law, runs)) });
}

/** Laws beside the best: values and intervals, and no more. */
export function compactWords(laws: readonly LawStudy[]): string {
  if (laws.length === 0) return '';
  const rows = laws.flatMap(({ fit, bootstrap }) =>
    fit.law.parameters.map((parameter, index) => [
      index === 0 ? fit.law.name : '',
      parameter.name,
      fit.unknown.includes(parameter.name)
        ? '?'
        : figure(parameterValue(parameter, fit.theta[index] ?? Number.NaN)),
      intervalWords(parameter, fit, bootstrap, []),
      index === 0 ? fit.status : '',
    ]),
  );
  const hasIntervals = laws.some(({ bootstrap }) => bootstrap !== null);
  return [
    'The other laws (--full says more of each):',
    indented(leftAfter(3, [['', '', 'value', hasIntervals ? '95 % interval' : '', 'status'], ...rows], 2)),
  ].join('\n');
}

/** A table whose columns from `column` on are words, and stand to the left. */
export function leftAfter(column: number, rows: readonly (readonly string[])[], left = 1): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return table(
    rows.map((row) => row.map((cell, at) => (at >= column ? cell.padEnd(widths[at] ?? 0) : cell))),
    left,
  );
}

export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
