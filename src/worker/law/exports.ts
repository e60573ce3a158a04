/** A fit as the file that `m3lab fit --out` writes, whatever the page has asked of it so far. */

import { fitJson } from '../../formats/fit.ts';
import { rankFits } from '../../law/comparison/rank.ts';
import { SLICES } from '../../law/comparison/slices.ts';
import type { FitCommand, FitReply } from '../api/fits.ts';
import type { Handlers } from '../serve.ts';
import type { Desk } from './desk.ts';
import { wholeFile } from './facts.ts';
import type { FitEntry } from './shelf.ts';
import { crossValidateEntry, helpsOf, holdOutEntry, kindsOf, nullsOf, resample } from './trust.ts';

type Commands = Extract<FitCommand, { readonly command: 'exportFit' }>;

/** As the command line: of more runs than this none is news to the fit, and every slice takes fits of its own. */
const MANY_ROWS = 5000;

export function exportHandlers(desk: Desk): Handlers<Commands, Pick<FitReply, 'exportFit'>> {
  return {
    async exportFit({ fits, resamples, task }, signal) {
      const entries = fits.map((id) => desk.shelf.fit(id));
      for (const [index, entry] of entries.entries()) {
        const { name } = entry.fit.law;
        const tell = (doing: string, from: number, to: number) => (share: number) =>
          desk.progress(task, `${name}: ${doing}`, (index + from + (to - from) * share) / entries.length);
        await complete(entry, resamples, signal, tell);
      }
      const { ranked, apart } = rankFits(
        entries.map(({ fit }) => fit),
        entries[0]?.runs ?? [],
      );
      const best = entries.find(({ fit }) => fit === (ranked[0] ?? apart[0])?.fit);
      if (best) {
        await nullsOf(best, signal, (share) => desk.progress(task, 'Fits without an effect', share));
        helpsOf(best);
      }
      return { text: `${JSON.stringify(fitJson(wholeFile(entries, desk.m3lab)))}\n` };
    },
  };
}

async function complete(
  entry: FitEntry,
  resamples: number,
  signal: AbortSignal,
  tell: (doing: string, from: number, to: number) => (share: number) => void,
): Promise<void> {
  await resample(entry, resamples, signal, tell('resamples', 0, 0.5));
  if (entry.runs.length > MANY_ROWS) return;
  await crossValidateEntry(entry, signal, tell('cross-validation', 0.5, 0.6));
  for (const [index, slice] of SLICES.entries()) {
    const from = 0.6 + (0.25 * index) / SLICES.length;
    await holdOutEntry(entry, slice, signal, tell(`without ${slice}`, from, from + 0.25 / SLICES.length));
  }
  await kindsOf(entry, signal, tell('by kind of recipe', 0.85, 1));
}
