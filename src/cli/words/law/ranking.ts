/** Laws held against each other, for people. */

import { KIND_SLICES, type KindSlice } from '../../../law/comparison/kinds.ts';
import { sameLaws } from '../../../law/comparison/sameLaw.ts';
import type { Score } from '../../../law/comparison/score.ts';
import { seedNoise } from '../../../law/comparison/seedNoise.ts';
import type { Figure } from '../../../law/comparison/table.ts';
import { logError, rSquaredWords } from '../../../law/report/numbers.ts';
import type { LawStudy, Study } from '../../../law/report/study.ts';
import { counted, table } from '../words.ts';
import { paragraphs } from './runs.ts';

/** Every law with its errors in and out of sample. */
export function rankingWords(study: Study): string {
  const { laws, ranking, failed } = study;
  const slices = laws[0]?.heldOut.map(({ slice }) => slice) ?? [];
  const shown = slices.filter((slice) =>
    laws.some(({ heldOut }) => heldOut.some((one) => one.slice === slice && one.score !== null)),
  );
  const scoresOf = ({ crossValidation, heldOut }: LawStudy) => [
    crossValidation?.score ?? null,
    ...shown.map((slice) => heldOut.find((one) => one.slice === slice)?.score ?? null),
  ];
  const columns = ['cross-val', ...shown];
  const most = columns.map((_, column) =>
    Math.max(0, ...laws.map((one) => scoresOf(one)[column]?.rows ?? 0)),
  );
  /** With a mark where it is of fewer runs than others are. */
  const marked = (words: string, score: Score | null, column: number) =>
    score !== null && score.rows < (most[column] ?? 0) ? `${words}*` : words;
  const rowOf = (difference: string, one: LawStudy) => [
    one.fit.law.name,
    String(one.fit.law.parameters.length - one.fit.frozen.length - one.fit.unknown.length),
    difference,
    rSquaredWords(one.fit.rSquared),
    logError(one.fit.rmseLog),
    ...scoresOf(one).map((score, column) => marked(logError(score?.rmseLog), score, column)),
  ];
  const ordered = [
    ...ranking.ranked.map(({ fit, difference }) => ({ fit, words: `+${difference.toFixed(1)}` })),
    ...ranking.apart.map(({ fit }) => ({ fit, words: '–' })),
  ].flatMap(({ fit, words }) => {
    const one = laws.find((each) => each.fit === fit);
    return one ? [{ one, words }] : [];
  });
  const head = [
    ['', '', '', 'seen', '', 'not seen: RMSE of log loss', ...shown.map(() => '')],
    ['law', 'parameters', 'AICc', 'R²', 'RMSE log', ...columns],
  ];
  const counts = [
    'runs',
    '',
    '',
    '',
    '',
    ...most.map((rows) => (rows > 0 ? rows.toLocaleString('en') : '–')),
  ];
  return [
    headed(head, [...ordered.map(({ one, words }) => rowOf(words, one)), counts]),
    ...remarks(study),
    ...subsetLines(laws, columns, scoresOf, most),
    ...failed.map(({ reason }) => paragraphs(`not fitted: ${reason}`)),
    ...reasonLines(
      laws,
      slices.filter((slice) => !shown.includes(slice)),
    ),
    ...(shown.length > 0
      ? [
          '',
          'R² of raw loss, not seen, about the mean of the runs held out',
          table([
            ['law', ...columns],
            ...ordered.map(({ one }) => [
              one.fit.law.name,
              ...scoresOf(one).map((score, column) => marked(rSquaredWords(score?.rSquared), score, column)),
            ]),
          ]),
        ]
      : []),
  ].join('\n');
}

/** Which figures are of fewer runs than the others in their column. */
function subsetLines(
  laws: readonly LawStudy[],
  columns: readonly string[],
  scoresOf: (one: LawStudy) => readonly (Score | null)[],
  most: readonly number[],
): string[] {
  const parts = laws.flatMap((one) => {
    const fewer = scoresOf(one).flatMap((score, column) =>
      score !== null && score.rows < (most[column] ?? 0)
        ? [`${columns[column]} ${score.rows} of ${most[column]}`]
        : [],
    );
    return fewer.length > 0 ? [`${one.fit.law.name} ${fewer.join(', ')}`] : [];
  });
  return parts.length > 0
    ? [
        paragraphs(
          `* of fewer runs, those that the law speaks of or that the rest tells: ${parts.join('; ')}.`,
        ),
      ]
    : [];
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

function remarks({ laws, ranking: { ranked, apart }, runs }: Study): string[] {
  const [best] = ranked;
  const simpler = ranked.filter(({ suffices }) => suffices).map(({ fit }) => fit.law.name);
  const folds = laws.find(({ crossValidation }) => crossValidation !== null)?.crossValidation?.folds;
  const held = laws.some(({ heldOut }) => heldOut.some(({ score }) => score !== null));
  const of = [
    ...(folds === undefined ? [] : [`cross-val: ${folds} folds, recipes kept together`]),
    ...(held
      ? [`the others: a fit without these of ${counted(runs.length, 'run')}, ties kept together`]
      : []),
  ];
  const noise = seedNoise(runs);
  return [
    'AICc: difference to the best; up to 4 is no evidence. RMSE of log loss: a share of the loss, 0.01 is 1 %.',
    ...(of.length > 0 ? [paragraphs(`Last line: how many runs each error is of; ${of.join('; ')}.`)] : []),
    ...(noise === null
      ? []
      : [
          paragraphs(
            `Seeds of one recipe differ by ${logError(noise.deviation)} of the loss (${counted(noise.runs, 'run')} of ${counted(noise.recipes, 'recipe')}): no law comes nearer.`,
          ),
        ]),
    ...(best && simpler.length > 0
      ? [
          paragraphs(
            `${simpler.join(' and ')} ${simpler.length > 1 ? 'are' : 'is'} contained in ${best.fit.law.name} and within 4 of it: the simpler law suffices.`,
          ),
        ]
      : []),
    ...sameLaws(
      laws.map(({ fit }) => fit),
      runs,
    ).map((group) => paragraphs(`${group.map(({ law }) => law.name).join(', ')} are one law on these runs.`)),
    ...apart.map(({ fit, reason }) => paragraphs(`${fit.law.name} is not ranked: it ${reason}.`)),
  ];
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

const WAYS = [
  ['joint', 'all kinds'],
  ['own', 'this kind'],
  ['seen', 'seen'],
] as const;

/** Laws against kinds of recipe, as arXiv 2410.12325 has them: extrapolation over compute. */
export function kindTableWords({ table: rows }: Study): string {
  if (!rows) return '';
  const figures = (kind: KindSlice, way: (typeof WAYS)[number][0]) =>
    rows.map(({ cells }) => cells[kind][way]);
  const kinds = KIND_SLICES.filter((kind) =>
    WAYS.some(([way]) => figures(kind, way).some((one) => one?.score)),
  );
  const most = (kind: KindSlice, way: (typeof WAYS)[number][0]) =>
    Math.max(0, ...figures(kind, way).map((one) => one?.score?.rows ?? 0));
  const reasons = new Map<string, string[]>();
  const silent = rows.flatMap(({ law, cells }) => {
    const none = kinds.filter((kind) => cells[kind].seen.score === null);
    return none.length > 0 ? [`${law} speaks of no run that is ${none.join(' or ')}.`] : [];
  });
  const cell = (law: string, kind: KindSlice, way: (typeof WAYS)[number][0], one: Figure | null): string => {
    const isSilent = rows.some((row) => row.law === law && row.cells[kind].seen.score === null);
    if (one?.reason && !isSilent) {
      const told = `${kind}${way === 'seen' ? '' : way === 'own' ? ', this kind alone' : ', all kinds'}: ${one.reason}`;
      reasons.set(told, [...(reasons.get(told) ?? []), law]);
    }
    if (!one?.score) return '–';
    const { rSquared, rmseLog, rows: count } = one.score;
    return `${rSquaredWords(rSquared)} ${logError(rmseLog)}${count < most(kind, way) ? '*' : ''}`;
  };
  const lines = rows.flatMap(({ law, cells }) =>
    WAYS.map(([way, words], index) => [
      index === 0 ? law : '',
      words,
      ...kinds.map((kind) => cell(law, kind, way, cells[kind][way])),
    ]),
  );
  const counts = WAYS.map(([way, words], index) => [
    index === 0 ? 'runs' : '',
    words,
    ...kinds.map((kind) => (most(kind, way) > 0 ? most(kind, way).toLocaleString('en') : '–')),
  ]);
  return [
    paragraphs(
      'By kind of recipe, R² and RMSE of log loss: of the fifth of the runs with the most compute, foreseen by a fit to the others of all kinds; ' +
        'of that fifth of this kind, foreseen by a fit to the others of this kind alone; and of runs that the fit has seen.',
    ),
    table([['law', 'fitted to', ...kinds], ...lines, ...counts], 2),
    ...silent.map(paragraphs),
    ...[...reasons].map(([reason, names]) =>
      paragraphs(`${names.length === rows.length ? 'every law' : names.join(', ')}: ${reason}`),
    ),
  ].join('\n');
}
