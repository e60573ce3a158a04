/** Words for runs, rounds and the queue. */

import type { QueueFacts, QueueState, RoundFacts, SweepFacts, SweepRun } from '../../worker/api/sweep.ts';
import { brief, count, duration, flops, whole } from '../parts/format.ts';

/** `1 run`, `1,200 runs`. */
export function counted(amount: number, one: string, more = `${one}s`): string {
  return `${whole(amount)} ${amount === 1 ? one : more}`;
}

const STATE_WORDS: Readonly<Record<SweepFacts['state'], string>> = {
  waiting: 'waiting',
  working: 'training',
  paused: 'paused',
  done: 'done',
  failed: 'stopped',
};

export function stateWords(state: SweepFacts['state'], queue: QueueState): string {
  if (state === 'working' && queue !== 'training') {
    if (queue === 'choosing') return 'choosing runs';
    return queue === 'saving' ? 'saving' : 'getting ready';
  }
  return STATE_WORDS[state];
}

/** What the queue does, in a sentence. */
export function queueWords({ state, sweeps }: QueueFacts): string {
  const open = sweeps.filter((sweep) => sweep.state === 'waiting' || sweep.state === 'working').length;
  switch (state) {
    case 'idle':
      return restWords(sweeps);
    case 'preparing':
      return 'Getting texts and kernels ready.';
    case 'choosing':
      return 'The law is fitted to what is finished, and the next round is chosen.';
    case 'training':
      return open > 1 ? `Training; ${counted(open - 1, 'sweep')} after this one.` : 'Training.';
    case 'saving':
      return 'Saving.';
    case 'aside':
      // Meanwhile all of it may have been paused.
      if (open === 0) return restWords(sweeps);
      return 'The queue stands aside while something else has the GPU: a fleet of Train, a measurement or a copy. It goes on by itself.';
    case 'elsewhere':
      return 'Another tab of this browser is training; the queue goes on here when that tab is done or closed.';
    case 'blocked':
      return 'The queue cannot go on.';
  }
}

function restWords(sweeps: readonly SweepFacts[]): string {
  if (sweeps.length === 0) return 'The queue is empty.';
  return sweeps.some((sweep) => sweep.state === 'paused')
    ? 'The queue rests: what is left of it is paused.'
    : 'Nothing is left to train.';
}

/** How far a sweep is, in a line. */
export function progressWords(sweep: SweepFacts): string {
  const { runs, finished, flops: all, flopsDone, remainingSeconds, stopped, refused, adaptive } = sweep;
  const share = all > 0 ? Math.floor((100 * flopsDone) / all) : 0;
  const parts = [
    `${whole(finished)} of ${counted(runs, 'run')}`,
    ...(sweep.state === 'done' ? [] : [`${share} % of ${flops(all)}`]),
    // The last thing a run does is to be measured on all that was held out.
    ...(sweep.state === 'working' && share === 100 && finished < runs ? ['measuring the final losses'] : []),
    ...(sweep.state === 'working' && remainingSeconds !== null && remainingSeconds > 0
      ? [`${duration(remainingSeconds)} left`]
      : []),
    ...(stopped.length > 0 ? [`${whole(stopped.length)} ended by hand`] : []),
    ...(refused.length > 0 ? [`${whole(refused.length)} cannot be`] : []),
    ...(adaptive ? [`round ${Math.max(1, adaptive.rounds.length)}`] : []),
  ];
  return parts.join(' · ');
}

/** What tells a run's recipe: quantities by their symbols. */
export type Quantity = 'N' | 'D_T' | 'k' | 'r' | 'r_f' | 'r_1' | 's' | 'C';

export function quantityWords(of: Quantity, value: number): string {
  return of === 'N' || of === 'D_T' ? count(value) : of === 'C' ? flops(value) : brief(value);
}

/** Half of a 95 % interval, in standard deviations. */
const TWO_SIDED = 1.96;

/** Why a round was chosen, and what it was expected to bring. */
export function roundWords({ aim, results, needed, runs, left, compute }: RoundFacts): string {
  const chosen = counted(runs.length, 'run');
  if (aim === null) {
    const why =
      results < needed
        ? results === 0
          ? 'Nothing is finished yet'
          : `${counted(results, 'finished run')} ${results === 1 ? 'is' : 'are'} too few for a fit, which needs ${whole(needed)}`
        : 'What is finished tells nothing of the threshold yet';
    return `${why}: ${chosen} spread over the design.`;
  }
  const at = flops(compute);
  if (aim.of === 'threshold') {
    const between = (deviation: number) =>
      [-1, 1].map((sign) => count(Math.round(aim.D_T * Math.exp(sign * TWO_SIDED * deviation)))).join(' to ');
    return (
      `From ${counted(results, 'run')}: a second language leads by 0.05 bits a token below ${count(Math.round(aim.D_T))} target tokens ` +
      `at ${at} (95 %: ${between(aim.before)}). ${chosen} chosen of ${whole(left + runs.length)}, expected to leave ${between(aim.after)}.`
    );
  }
  const within = (deviation: number) => `± ${Number((100 * TWO_SIDED * deviation).toPrecision(2))} %`;
  const state = {
    always: 'a second language leads whatever the text is',
    never: 'no text is found at which a second language leads by 0.05 bits a token',
    crossed: 'the threshold lies far outside of the design',
    untold: 'the law names no threshold',
  }[aim.state];
  return (
    `From ${counted(results, 'run')}, at ${at}: ${state}; the lead at ${count(Math.round(aim.D_T))} target tokens is known to ` +
    `${within(aim.before)} of the loss. ${chosen} chosen, expected to leave ${within(aim.after)}.`
  );
}

/** Share of the uncertainty that the round was expected to take away, 0 to 1; null where it was not chosen by a fit. */
export function expectedReduction({ aim }: RoundFacts): number | null {
  return aim && aim.before > 0 ? 1 - aim.after / aim.before : null;
}

const RUN_STATUS: Readonly<Record<SweepRun['status'], string>> = {
  open: 'waiting',
  begun: 'begun',
  done: 'finished',
  stopped: 'ended by hand',
  refused: 'cannot be',
};

export function runStatusWords(status: SweepRun['status']): string {
  return RUN_STATUS[status];
}
