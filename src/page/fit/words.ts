/** What is to be known of a fit, in sentences. */

import { alike, shortNumber } from '../../figures/ticks.ts';
import type { HeldOut } from '../../law/comparison/heldOut.ts';
import type { KindSlice } from '../../law/comparison/kinds.ts';
import type { SeedNoise } from '../../law/comparison/seedNoise.ts';
import { coordinateOf, type LawParameter } from '../../law/law.ts';
import { between } from '../../law/report/numbers.ts';
import { printedName } from '../../law/report/symbols.ts';
import type { CertaintyFacts, FitFacts } from '../../worker/api/fits.ts';

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** A sentence as a part of another one. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Four digits, and powers of ten as print has them: 0.2724, 2.061·10⁻⁹. */
export function numberWords(value: number): string {
  return shortNumber(value, 4);
}

/** A share with two digits that matter: 20 %, 6.0 %, 0.098 %. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const percent = 100 * value;
  const size = Math.abs(percent);
  // One column holds them one below the other, so a digit that happens to be 0 stands too.
  const words = size >= 0.95 && size < 9.95 ? percent.toFixed(1).replace('-', '−') : shortNumber(percent, 2);
  return `${words} %`;
}

/** The same with its sign: +2.4 %. */
export function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${share(value)}`;
}

/** How long something took: 43 ms, 2.1 s. */
export function took(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Names with commas between and an "and" before the last. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A law's state in one or two words, as what a reader most needs to know. */
export function statusWord(fit: FitFacts): { readonly words: string; readonly tone: 'good' | 'warn' } {
  const { status, atBounds, unknown } = fit.file;
  const untold = unknown.filter((name) => !fit.idle.includes(name));
  if (isSettled(fit)) return atBounds.length > 0 ? AT_A_BOUND : CONVERGED;
  if (status === 'under-determined')
    return { words: untold.length > 0 ? 'under-determined' : 'directions left open', tone: 'warn' };
  if (status === 'stopped early') return { words: 'stopped early', tone: 'warn' };
  return status === 'at a bound' ? AT_A_BOUND : CONVERGED;
}

const CONVERGED = { words: 'converged', tone: 'good' } as const;
const AT_A_BOUND = { words: 'at a bound', tone: 'warn' } as const;

/** Of a correlation: what is tied so closely is one parameter to the runs. */
const PROPORTIONAL = 1 - 1e-9;
/** From here on estimates depend on the last digits of the runs' losses (condition of the scaled JᵀJ). */
const BAD_CONDITION = 1e6;

function fittedCount({ file, law }: FitFacts): number {
  return law.parameters.length - file.frozen.length - file.unknown.length;
}

/** Whether nothing is open but what does not matter where the fit ended. */
function isSettled(fit: FitFacts): boolean {
  const { status, unknown, recipes, tradeOffs } = fit.file;
  return (
    status === 'under-determined' &&
    unknown.length > 0 &&
    unknown.every((name) => fit.idle.includes(name)) &&
    recipes > fittedCount(fit) &&
    tradeOffs.every(({ correlation }) => Math.abs(correlation) < PROPORTIONAL)
  );
}

export function isUnderDetermined(fit: FitFacts): boolean {
  return fit.file.status === 'under-determined' && !isSettled(fit);
}

/** What the status means, the gravest first. */
export function statusSentences(fit: FitFacts): string[] {
  const { file, idle } = fit;
  const { unknown, atBounds, recipes, tradeOffs, condition, parameters, status } = file;
  const untold = unknown.filter((name) => !idle.includes(name));
  const fitted = fittedCount(fit);
  const sentences: string[] = [];
  if (recipes <= fitted)
    sentences.push(
      `There are ${counted(recipes, 'recipe')} for ${counted(fitted, 'fitted parameter')}: the law passes through all of them, and nothing follows from it.`,
    );
  if (untold.length > 0)
    sentences.push(
      `No run tells ${listed(untold.map(printedName))}: whatever ${untold.length > 1 ? 'they are' : 'it is'}, the losses of these runs stay the same, so what follows from ${untold.length > 1 ? 'them' : 'it'} is not known.`,
    );
  if (status === 'stopped early')
    sentences.push('The best descent ran out of steps before it was flat; look from all starts again.');
  if (atBounds.length > 0)
    sentences.push(
      `${listed(atBounds.map((name) => `${printedName(name)} = ${numberWords(parameters[name]?.value ?? Number.NaN)}`))} ${atBounds.length > 1 ? 'stand' : 'stands'} at the end of what ${atBounds.length > 1 ? 'they' : 'it'} may be.`,
    );
  if (idle.length > 0)
    sentences.push(
      `${listed(idle.map(printedName))} ${idle.length > 1 ? 'do' : 'does'} not matter where the fit ended: no gap, but nothing to read off either.`,
    );
  if (tradeOffs.length > 0) {
    const pairs = tradeOffs
      .slice(0, 4)
      .map(({ parameters: names }) => `${printedName(names[0])} with ${printedName(names[1])}`);
    const more = tradeOffs.length > pairs.length ? `, and ${tradeOffs.length - pairs.length} more` : '';
    sentences.push(
      `The runs know a combination of these better than each of the two: ${pairs.join('; ')}${more}.`,
    );
  }
  if (condition > BAD_CONDITION && recipes > fitted)
    sentences.push('Estimates hang on the last digits of the losses: the problem is badly conditioned.');
  return sentences;
}

/** What no law can do better than; '' where no recipe was run twice. */
export function noiseSentence(noise: SeedNoise | null, rmseLog: number): string {
  if (noise === null) return 'No recipe was run with two seeds, so the noise between seeds is not known.';
  const ratio = rmseLog / noise.deviation;
  const judged =
    ratio < 1.3
      ? 'the law comes as near as a law can'
      : `the law’s error is ${Number(ratio.toPrecision(2))} times that`;
  return `Seeds of one recipe differ by ${share(noise.deviation)} of the loss (${counted(noise.runs, 'run')} of ${counted(noise.recipes, 'recipe')}): ${judged}.`;
}

export function certaintySentence(certainty: CertaintyFacts | null): string {
  if (certainty === null) return 'Intervals come from resamples, which are being drawn.';
  const { resamples, cells, way, tooFewCells, failed } = certainty;
  const how = way === 'refitted' ? 'refitted each' : 'to first order, since there are so many runs';
  const few = tooFewCells ? ' So few recipes make intervals that mean little.' : '';
  const lost = failed > 0 ? ` ${counted(failed, 'resample')} could not be fitted.` : '';
  return `Intervals hold the middle 95 % of ${counted(resamples, 'resample')} of ${counted(cells, 'recipe')}, ${how}; seeds of a recipe stay together.${few}${lost}`;
}

/** Of a coordinate, relative: percentiles of coordinates at a bound are the bound, to rounding. */
const AT_BOUND = 1e-9;

/** Value and interval of a parameter as a reader takes them, and what else to know. */
export function parameterWords(
  parameter: LawParameter,
  { file, idle }: FitFacts,
  certainty: CertaintyFacts | null,
): { readonly value: string; readonly interval: string; readonly mark: string } {
  const { name, lower, upper } = parameter;
  const found = file.parameters[name];
  const isUnknown = file.unknown.includes(name);
  const ends = found?.interval ?? null;
  const [estimate = '–', ...written] = alike([found?.value ?? Number.NaN, ...(ends ?? [])]);
  const value = isUnknown ? '?' : estimate;
  const isAt = (end: number, bound: number) =>
    Number.isFinite(bound) &&
    Math.abs(coordinateOf(parameter, end) - bound) <= AT_BOUND * Math.max(1, Math.abs(bound));
  const words = (end: 0 | 1, bound: number) =>
    `${ends && isAt(ends[end], bound) ? 'bound ' : ''}${written[end] ?? '–'}`;
  const inside = ends ? between(words(0, lower), words(1, upper)) : certainty ? '–' : '…';
  if (idle.includes(name)) return { value, interval: '–', mark: 'does not matter here' };
  if (isUnknown) return { value, interval: '–', mark: 'no run tells it' };
  if (file.frozen.includes(name)) {
    const isBorrowed = file.borrowed?.parameters.includes(name) === true;
    return {
      value,
      interval: ends ? inside : '–',
      mark: isBorrowed ? `from ${file.borrowed?.law}` : 'given',
    };
  }
  const atBound = file.atBounds.includes(name) || certainty?.held.includes(name) === true;
  return { value, interval: atBound && !ends ? '–' : inside, mark: atBound ? 'at its bound' : '' };
}

/** The plain meaning of a slice. */
export const SLICE_WORDS: Readonly<Record<string, string>> = {
  'top-compute': 'the fifth with the most compute',
  'top-N': 'the fifth with the largest models',
  'low-target': 'the fifth with the least target text',
  'high-epochs': 'the fifth with the most passes',
  'unseen-final-ratio': 'each final ratio in turn',
  pair: 'each language pair in turn',
  'cross-validation': 'a tenth at a time',
};

/** Slices by kind of recipe, in the words of the page. */
export const KIND_SLICE_WORDS: Readonly<Record<KindSlice, string>> = {
  'two-stage': 'two stages',
  all: 'all',
  'single-stage only': 'one stage',
  'monolingual multi-epoch': 'monolingual, many epochs',
  'bilingual single-epoch': 'two languages, one epoch',
};

export function heldOutReason({ reason, score, untold }: HeldOut): string {
  if (reason !== null) return reason;
  return score !== null && untold.rows > 0
    ? `${counted(untold.rows, 'run')} could not be foreseen: the others do not tell ${listed([...untold.parameters])}`
    : '';
}
