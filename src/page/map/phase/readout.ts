/** What the map says at one place, in words: for those who point, and for those who do not see. */

import type { Span } from '../../../figures/span.ts';
import type { RecipeKind } from '../../../law/point.ts';
import { percent } from '../../../law/report/numbers.ts';
import { kindWords } from '../../runs/kinds.ts';
import type { MapCell } from '../cells.ts';
import type { Winner } from '../measured.ts';
import { figure, scale, short } from '../numbers.ts';

/** Excess below which a lead is rounding, relative to the loss. */
const ROUNDING = 1e-6;
/** Beyond the runs by less than this, in octaves, is a matter of whole windows. */
const LEAST_OCTAVES = 0.05;

export function placeWords({ compute, targetTokens }: Pick<MapCell, 'compute' | 'targetTokens'>): string {
  return `C = ${figure(compute, 3)} FLOPs, D_T = ${scale(targetTokens)} tokens`;
}

export function readoutWords(
  cell: MapCell,
  { span, winner, noise }: { readonly span: Span; readonly winner: Winner | null; readonly noise: number },
): string[] {
  const { kind, certainty, found } = cell;
  if (kind === null) return [`${placeWords(cell)}: no recipe is possible here within the limits.`];
  const sentences = [
    `${placeWords(cell)}: ${kindWords(kind)} ${verb(kind, 'is', 'are')} best${found ? `, loss ${found.loss.toFixed(3)}` : ''}.`,
  ];
  if (found) {
    const { N, k, r, r_f } = found.recipe;
    const ratios = r >= 1 ? '' : `, r = ${short(r)}${r_f > r ? `, r_f = ${short(r_f)}` : ''}`;
    sentences.push(`Its recipe: N = ${scale(N)}, k = ${short(k)}${ratios}.`);
    if (found.others.length > 0) sentences.push(`${othersWords(found.others, found.loss, noise)}.`);
  } else sentences.push('The map is still being drawn here.');
  if (certainty !== null) sentences.push(`${percent(certainty)} of the resamples agree.`);
  const beyond = beyondWords(cell, span);
  if (beyond !== '') sentences.push(beyond);
  if (winner) sentences.push(winnerWords(winner));
  return sentences;
}

function othersWords(
  others: readonly { readonly kind: RecipeKind; readonly excess: number }[],
  loss: number,
  noise: number,
): string {
  return others
    .map(({ kind, excess }, index) => {
      const name = index === 0 ? upper(kindWords(kind)) : kindWords(kind);
      if (excess <= loss * ROUNDING) return `${name} ${verb(kind, 'is', 'are')} as good`;
      const seen = excess <= loss * noise ? ', less than the fit is off by' : '';
      return `${name} ${verb(kind, 'costs', 'cost')} ${figure(excess, 2)} nats more${seen}`;
    })
    .join('; ');
}

/** '' where the place lies among the runs. */
export function beyondWords(
  { compute, targetTokens }: Pick<MapCell, 'compute' | 'targetTokens'>,
  span: Span,
): string {
  const away = [
    ['compute', octavesBeyond(compute, span.compute)],
    ['text', octavesBeyond(targetTokens, span.targetTokens)],
  ] as const;
  const far = away.filter(([, octaves]) => Math.abs(octaves) > LEAST_OCTAVES);
  if (far.length === 0) return '';
  const words = far.map(([what, octaves]) =>
    octaves > 0
      ? `${short(2 ** octaves)} times the most ${what}`
      : `the least ${what} divided by ${short(2 ** -octaves)}`,
  );
  return `No run was there: ${words.join(', and ')}.`;
}

/** Doublings above the highest, halvings (below 0) below the lowest; 0 between. */
export function octavesBeyond(value: number, [low, high]: readonly [number, number]): number {
  if (value > high) return Math.log2(value / high);
  return value < low ? Math.log2(value / low) : 0;
}

/** So many octaves as people take them: 3 → "a factor of 8". */
export function factorWords(octaves: number): string {
  return `a factor of ${short(2 ** octaves)}`;
}

export function winnerWords({ kind, isTie, isNextTie, kinds, compute, targetTokens }: Winner): string {
  const losses = kinds.map((one) => `${kindWords(one.kind)} ${one.loss.toFixed(3)}`).join(', ');
  const at = `Measured at C = ${figure(compute, 2)}, D_T = ${scale(targetTokens)}`;
  const [, next] = kinds;
  const together =
    isNextTie && next ? `${kindWords(kind)} and ${kindWords(next.kind)} tie` : `${kindWords(kind)} won`;
  const side = isTie
    ? isNextTie
      ? ''
      : ', but one language and two tie'
    : isNextTie
      ? `, ${sideWords(kind)}`
      : '';
  return `${at}: ${together}${side} (${losses}).`;
}

/** What is sure though the best two kinds are not told apart. */
function sideWords(kind: RecipeKind): string {
  return kind === 'monolingual single-stage'
    ? 'a second language does not pay'
    : 'and a second language pays';
}

/** Two stages are; one stage is. */
function verb(kind: RecipeKind, one: string, several: string): string {
  return kind === 'multi-lingual two-stage' ? several : one;
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
