/** Fits: from nothing, from where an earlier one ended, and of all laws one after the other. */

import { frozenValues } from '../../law/certainty/given.ts';
import { rankFits } from '../../law/comparison/rank.ts';
import { sameLaws } from '../../law/comparison/sameLaw.ts';
import { fitLaw } from '../../law/fit/fitLaw.ts';
import { refit } from '../../law/fit/refit.ts';
import { cannotBeFitted } from '../../law/report/study.ts';
import type { FitCommand, FitFacts, FitReply, LawAsked, LawsRanked, Sample } from '../api/fits.ts';
import type { Handlers } from '../serve.ts';
import type { Desk } from './desk.ts';
import { factsOf, SEED } from './facts.ts';
import type { FitEntry } from './shelf.ts';
import { startsFrom } from './startsFrom.ts';
import { crossValidateEntry, holdOutEntry } from './trust.ts';

type Commands = Extract<
  FitCommand,
  {
    readonly command:
      | 'laws'
      | 'dataset'
      | 'append'
      | 'forget'
      | 'fit'
      | 'refit'
      | 'extend'
      | 'rank'
      | 'ownLaw';
  }
>;

export function fittingHandlers(desk: Desk): Handlers<Commands, Pick<FitReply, Commands['command']>> {
  const { shelf, laws } = desk;

  async function fitOne(
    asked: LawAsked,
    sample: Sample,
    freeze: Readonly<Record<string, number>>,
    signal: AbortSignal,
    onProgress: (share: number) => void,
    descents?: number,
  ): Promise<FitEntry> {
    const held = await laws.lawOf(asked);
    const taken = shelf.take(sample);
    const began = performance.now();
    held.check(taken.runs, freeze);
    const fit = await fitLaw(held.law, taken.runs, {
      freeze,
      seed: SEED,
      signal,
      onProgress,
      ...(descents !== undefined && { descents }),
    });
    return shelf.keep({
      held,
      fit,
      sample,
      ...taken,
      freeze,
      warm: false,
      milliseconds: performance.now() - began,
    });
  }

  function facts(entry: FitEntry): FitFacts {
    return factsOf(entry, laws, desk.m3lab);
  }

  return {
    laws: () => laws.all(),
    dataset({ runs, about }) {
      shelf.put(runs, about);
      return null;
    },
    append({ runs, about }) {
      shelf.append(runs, about);
      return null;
    },
    forget({ dataset }) {
      shelf.forget(dataset);
      return null;
    },
    async fit({ law, sample, freeze = {}, descents, task }, signal) {
      const told = (share: number) => desk.progress(task, 'Looking for the best fit', share);
      return facts(await fitOne(law, sample, freeze, signal, told, descents));
    },
    refit({ sample, from }) {
      const before = shelf.fit(from);
      const { fit, held, freeze } = before;
      const taken = shelf.take(sample);
      const began = performance.now();
      const { delta, borrowed } = fit;
      const given = frozenValues({ ...fit, frozen: fit.frozen.filter((name) => !borrowed.includes(name)) });
      const refitted = refit(held.law, taken.runs, [fit.theta], { delta, freeze: given });
      return facts(
        shelf.keep({
          held,
          fit: refitted,
          sample,
          ...taken,
          freeze,
          warm: true,
          milliseconds: performance.now() - began,
        }),
      );
    },
    async extend({ sample, from, law }) {
      const { fit } = shelf.fit(from);
      const held = await laws.lawOf(law);
      const taken = shelf.take(sample);
      const began = performance.now();
      const extended = refit(held.law, taken.runs, startsFrom(held.law, fit), { delta: fit.delta });
      return facts(
        shelf.keep({
          held,
          fit: extended,
          sample,
          ...taken,
          freeze: {},
          warm: true,
          milliseconds: performance.now() - began,
        }),
      );
    },
    async rank({ laws: asked, sample, slices, task }, signal): Promise<LawsRanked> {
      const entries: FitEntry[] = [];
      const failed: { law: string; reason: string }[] = [];
      for (const [index, one] of asked.entries()) {
        const name = typeof one === 'string' ? one : one.name;
        const tell = (doing: string, from: number, to: number) => (share: number) =>
          desk.progress(task, `${name}: ${doing}`, (index + from + (to - from) * share) / asked.length);
        try {
          const entry = await fitOne(one, sample, {}, signal, tell('fit', 0, 0.6));
          const crossValidation = await crossValidateEntry(entry, signal, tell('cross-validation', 0.6, 0.7));
          const heldOut = [];
          for (const [done, slice] of slices.entries()) {
            const shareOf = (at: number) => 0.7 + (0.3 * at) / slices.length;
            const told = tell(`without ${slice}`, shareOf(done), shareOf(done + 1));
            heldOut.push(await holdOutEntry(entry, slice, signal, told));
          }
          entries.push(entry);
          desk.tell({
            event: 'ranked',
            task,
            law: { fit: facts(entry), crossValidation: crossValidation.score, heldOut },
          });
        } catch (error) {
          if (!cannotBeFitted(error)) throw error;
          failed.push({ law: name, reason: error.message });
        }
      }
      return { ...rankingOf(entries), failed };
    },
    ownLaw: ({ own }) => laws.read(own),
  };
}

function rankingOf(entries: readonly FitEntry[]): Omit<LawsRanked, 'failed'> {
  const fits = entries.map(({ fit }) => fit);
  const runs = entries[0]?.runs ?? [];
  const { ranked, apart } = rankFits(fits, runs);
  return {
    ranked: ranked.map(({ fit, difference, suffices }) => ({ law: fit.law.name, difference, suffices })),
    apart: apart.map(({ fit, reason }) => ({ law: fit.law.name, reason })),
    same: sameLaws(fits, runs).map((group) => group.map(({ law }) => law.name)),
  };
}
