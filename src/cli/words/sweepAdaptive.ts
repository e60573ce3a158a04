/** What `m3lab sweep plan` says of the next round of an adaptive design. */

import type { ChosenRound } from '../../sweep/adaptive/chooseRound.ts';
import { amount, counted } from './words.ts';

/** Half of a 95 % interval, in standard deviations. */
const TWO_SIDED = 1.96;

/** As it goes to `--json`. */
export type AdaptiveSummary = {
  readonly compute: number;
  readonly chosen: number;
  /** Runs of the design that are neither planned nor finished, after this round. */
  readonly left: number;
  readonly results: number;
  readonly underWay: number;
  readonly foreign: number;
  /** What the round is chosen by. */
  readonly aim: 'spread' | 'threshold' | 'lead';
  /** D_T^c in tokens, or the corpus at which the lead is asked for; null where the runs are spread. */
  readonly targetTokens: number | null;
  /** 95 %, of D_T^c in tokens or of the lead in shares of the loss, around what is now the best guess: as it is, and as this round is expected to leave it. */
  readonly before: readonly [number, number] | null;
  readonly after: readonly [number, number] | null;
};

export function adaptiveSummary(round: ChosenRound): AdaptiveSummary {
  const { aim, compute, chosen, left, results, underWay, foreign } = round;
  const interval = (deviation: number): readonly [number, number] => {
    const half = TWO_SIDED * deviation;
    if (aim?.of !== 'threshold') return [-half, half];
    return [aim.D_T * Math.exp(-half), aim.D_T * Math.exp(half)];
  };
  return {
    compute,
    chosen: chosen.length,
    left: left - chosen.length,
    results,
    underWay,
    foreign,
    aim: aim?.of ?? 'spread',
    targetTokens: aim?.D_T ?? null,
    before: aim && interval(aim.before),
    after: aim && interval(aim.after),
  };
}

export function adaptiveWords(round: ChosenRound): string {
  const { aim, chosen, left, results, needed, underWay, foreign } = round;
  const lines: string[] = [];
  if (foreign > 0) lines.push(`${counted(foreign, 'given record')} of other texts left out`);
  if (underWay > 0)
    lines.push(
      `${counted(underWay, 'planned run')} not finished yet; the choice counts on what they will tell`,
    );
  if (left === 0) return [...lines, 'every run of this design is planned or finished already'].join('\n');
  if (aim === null) {
    const why =
      results < needed
        ? `${counted(results, 'finished run')} ${results === 1 ? 'is' : 'are'} too few for a fit (${needed})`
        : 'what is finished tells nothing of the threshold yet';
    lines.push(
      `${why}: ${counted(chosen.length, 'run')} spread over the ${left.toLocaleString('en')} that are left of the design`,
    );
    return lines.join('\n');
  }
  const { before, after, targetTokens } = adaptiveSummary(round);
  const at = `${amount(round.compute, 'FLOP')}`;
  if (aim.of === 'threshold') {
    const words = (interval: readonly [number, number] | null) =>
      (interval ?? []).map((tokens) => amount(tokens)).join(' to ');
    lines.push(
      `from ${counted(results, 'run')}: a second language leads by 0.05 bits a token below D_T^c = ${amount(targetTokens ?? 0)} tokens at ${at} ` +
        `(95 %: ${words(before)})`,
    );
    if (chosen.length > 0)
      lines.push(
        `${counted(chosen.length, 'run')} chosen, which ${chosen.length === 1 ? 'is' : 'are'} expected to leave ${words(after)}`,
      );
  } else {
    const share = (interval: readonly [number, number] | null) =>
      `± ${((interval?.[1] ?? 0) * 100).toPrecision(2)} %`;
    const state = {
      always: 'a second language leads by 0.05 bits a token whatever the corpus is',
      never: 'no corpus is found at which a second language leads by 0.05 bits a token',
      crossed: 'the threshold lies far outside of the design',
      untold: 'the law names no threshold',
    }[aim.state];
    lines.push(
      `from ${counted(results, 'run')}, at ${at}: ${state}; the lead at ${amount(aim.D_T)} target tokens is known to ${share(before)} of the loss`,
    );
    if (chosen.length > 0)
      lines.push(
        `${counted(chosen.length, 'run')} chosen, which ${chosen.length === 1 ? 'is' : 'are'} expected to leave ${share(after)}`,
      );
  }
  if (chosen.length === 0) lines.push('no run of this design would tell more: the sweep is at its end');
  return lines.join('\n');
}
