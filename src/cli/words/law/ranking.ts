/** Laws held against each other, for people. */

import { KIND_SLICES } from '../../../law/comparison/kinds.ts';
import type { Figure } from '../../../law/comparison/table.ts';
import type { LawStudy, Study } from '../../law/study.ts';
import { table } from '../words.ts';
import { logError, rSquaredWords } from './numbers.ts';
import { paragraphs } from './runs.ts';

/** Every law with its errors in and out of sample. */
export function rankingWords({ laws, ranking, failed }: Study): string {
  const studyOf = (fit: LawStudy['fit']) => laws.find((one) => one.fit === fit);
  const slices = laws[0]?.heldOut.map(({ slice }) => slice) ?? [];
  const shown = slices.filter((slice) =>
    laws.some(({ heldOut }) => heldOut.some((one) => one.slice === slice && one.score !== null)),
  );
  const head = [
    ['', '', '', 'seen', '', 'not seen: RMSE of log loss', ...shown.map(() => '')].slice(0, 6 + shown.length),
    ['law', 'fitted', 'AICc', 'R²', 'RMSE log', 'cross-val', ...shown],
  ];
  const row = (difference: string, study: LawStudy | undefined) => {
    if (!study) return [];
    const { fit, crossValidation, heldOut } = study;
    return [
      fit.law.name,
      String(fit.law.parameters.length - fit.frozen.length - fit.unknown.length),
      difference,
      rSquaredWords(fit.rSquared),
      logError(fit.rmseLog),
      logError(crossValidation?.score?.rmseLog),
      ...shown.map((slice) => logError(heldOut.find((one) => one.slice === slice)?.score?.rmseLog)),
    ];
  };
  const rows = [
    ...ranking.ranked.map(({ fit, difference }) => row(`+${difference.toFixed(1)}`, studyOf(fit))),
    ...ranking.apart.map(({ fit }) => row('–', studyOf(fit))),
  ];
  return [
    headed(head, rows),
    ...remarks(ranking),
    ...failed.map(({ reason }) => paragraphs(`not fitted: ${reason}`)),
    ...reasonLines(
      laws,
      slices.filter((slice) => !shown.includes(slice)),
    ),
  ].join('\n');
}

/** The words above stand over the columns that they are about, and make none wider. */
function headed(head: readonly (readonly string[])[], rows: readonly (readonly string[])[]): string {
  const [above = [], names = []] = head;
  const lines = table([names, ...rows]).split('\n');
  const widths = names.map((_, column) =>
    Math.max(...[names, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  let line = '';
  let start = 0;
  above.forEach((words, column) => {
    if (words !== '')
      line = line.padEnd(start + Math.max(0, (widths[column] ?? 0) - (names[column]?.length ?? 0))) + words;
    start += (widths[column] ?? 0) + 2;
  });
  return [line, ...lines].join('\n');
}

function remarks({ ranked, apart }: Study['ranking']): string[] {
  const [best] = ranked;
  const simpler = ranked.filter(({ suffices }) => suffices).map(({ fit }) => fit.law.name);
  return [
    'AICc: difference to the best; up to 4 is no evidence. RMSE of log loss: a share of the loss, 0.01 is 1 %.',
    ...(best && simpler.length > 0
      ? [
          paragraphs(
            `${simpler.join(' and ')} is contained in ${best.fit.law.name} and within 4 of it: the simpler law suffices.`,
          ),
        ]
      : []),
    ...alike(ranked).map((names) => paragraphs(`${names.join(', ')} are one law on these runs.`)),
    ...apart.map(({ fit, reason }) => paragraphs(`${fit.law.name} is not ranked: it ${reason}.`)),
  ];
}

/** Laws whose terms that differ are told by no run: they came to the same objective, by the digits that a search reaches. */
function alike(ranked: Study['ranking']['ranked']): string[][] {
  const groups = new Map<string, string[]>();
  for (const { fit } of ranked) {
    const key = `${fit.objective.toPrecision(4)} ${fit.rmseLog.toPrecision(4)}`;
    groups.set(key, [...(groups.get(key) ?? []), fit.law.name]);
  }
  return [...groups.values()].filter((names) => names.length > 1);
}

/** Why slices that were asked for have no column; said once where all laws have one reason. */
function reasonLines(laws: readonly LawStudy[], slices: readonly string[]): string[] {
  return slices.flatMap((slice) => {
    const reasons = laws.flatMap(({ fit, heldOut }) =>
      heldOut.flatMap((one) =>
        one.slice === slice && one.reason !== null ? [[fit.law.name, one.reason] as const] : [],
      ),
    );
    const [first] = reasons;
    return first ? [paragraphs(`nothing held out as ${slice}: ${first[1]}`)] : [];
  });
}

/** Laws against kinds of recipe, as arXiv 2410.12325 has them: R² of extrapolation over compute. */
export function kindTableWords({ table: rows }: Study): string {
  if (!rows) return '';
  const kinds = KIND_SLICES.filter((kind) =>
    rows.some(({ cells }) => cells[kind].joint.score || cells[kind].seen.score),
  );
  const cell = (seen: Figure, joint: Figure) =>
    `${rSquaredWords(joint.score?.rSquared)} (${rSquaredWords(seen.score?.rSquared)})`;
  return [
    'R² by kind of recipe: of runs with more compute than the fit has seen (in brackets: of runs that it has seen)',
    table([
      ['law', ...kinds],
      ...rows.map(({ law, cells }) => [
        law,
        ...kinds.map((kind) => cell(cells[kind].seen, cells[kind].joint)),
      ]),
    ]),
  ].join('\n');
}
