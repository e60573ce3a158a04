/** What scores come to: which is the lowest, and the losses of all tokens as a table. */

import type { Scored } from '../../../worker/api/play.ts';
import type { FigureTable } from '../../parts/table/figureTable.ts';
import { pieceSigns } from '../tokens/words.ts';
import type { Score } from './scorer.ts';

/** For files, and for those who do not see the colours. */
export function tableOf({ tokens }: Scored): FigureTable {
  return {
    columns: [
      { name: 'token' },
      { name: 'reads' },
      { name: 'loss', unit: 'nats' },
      { name: 'loss', unit: 'bits' },
      { name: 'probability' },
      { name: 'likeliest' },
    ],
    rows: tokens.map(({ piece, nats, probability, alternatives }, index) => [
      index + 1,
      pieceSigns(piece),
      nats,
      nats / Math.LN2,
      probability,
      pieceSigns(alternatives[0]?.text ?? ''),
    ]),
  };
}

export type DocumentScore = { readonly text: string; readonly bitsPerByte: number };

/** The loss of each document, its end counted as one byte, as in the whole. Documents hold no line breaks: one ends each. */
export function documentScores({ tokens }: Scored): readonly DocumentScore[] {
  const scores: DocumentScore[] = [];
  let text = '';
  let nats = 0;
  for (const token of tokens) {
    text += token.text;
    nats += token.nats;
    if (!token.text.endsWith('\n')) continue;
    const bytes = new TextEncoder().encode(text).length;
    scores.push({ text: text.slice(0, -1), bitsPerByte: nats / Math.LN2 / bytes });
    text = '';
    nats = 0;
  }
  return scores;
}

/** The one with the fewest bits per byte, where there are others to compare it with. */
export function bestOf(scores: readonly Score[]): Score | undefined {
  const read = scores.flatMap((score) =>
    score.state.status === 'done' && score.state.scored.lost.length === 0
      ? [{ score, bits: score.state.scored.bitsPerByte }]
      : [],
  );
  if (read.length < 2) return undefined;
  return read.reduce((best, one) => (one.bits < best.bits ? one : best)).score;
}
