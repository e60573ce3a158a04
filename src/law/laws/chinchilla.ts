/** Hoffmann's law on tokens of three sorts: all that were read, those of the target, and the new ones among them. */

import type { Law, Limit } from '../law.ts';
import type { Point, Quantity } from '../point.ts';
import { chinchillaForm } from '../terms/chinchillaForm.ts';
import { A, alpha, B, beta, E } from './parameters.ts';

type Sort = {
  readonly name: string;
  readonly title: string;
  readonly tex: string;
  readonly text: string;
  readonly reads: readonly Quantity[];
  readonly note: string;
  readonly limits: readonly Limit[];
  readonly tokens: (point: Point) => number;
};

function chinchillaOn({ name, title, tex, text, reads, note, limits, tokens }: Sort): Law {
  return {
    name,
    title,
    formula: { tex: `L = E + A N^{-\\alpha} + B\\,${tex}^{-\\beta}`, text: `L = E + A·N^−α + B·${text}^−β` },
    source: 'Hoffmann et al. 2022, arXiv 2203.15556, equation 2',
    note,
    parameters: [E, A, alpha, B, beta],
    reads: ['N', ...reads],
    limits,
    logLoss: (point, theta, gradient) => chinchillaForm(point.lnN, Math.log(tokens(point)), theta, gradient),
  };
}

export const chinchilla = chinchillaOn({
  name: 'chinchilla',
  title: 'Chinchilla, all tokens',
  tex: 'D',
  text: 'D',
  reads: ['D'],
  note: 'Knows no language and no repetition: a source token and a token seen for the tenth time count in full.',
  limits: [
    { becomes: 'chinchilla-target', at: {}, where: ({ r }) => r === 1, words: 'there is no other language' },
  ],
  tokens: ({ D }) => D,
});

export const chinchillaTarget = chinchillaOn({
  name: 'chinchilla-target',
  title: 'Chinchilla, target tokens',
  tex: '(k D_T)',
  text: '(k·D_T)',
  reads: ['D_T', 'k'],
  note: 'Source tokens count for nothing, repetitions in full.',
  limits: [{ becomes: 'chinchilla-unique', at: {}, where: ({ k }) => k <= 1, words: 'nothing is repeated' }],
  tokens: ({ k, D_T }) => k * D_T,
});

export const chinchillaUnique = chinchillaOn({
  name: 'chinchilla-unique',
  title: 'Chinchilla, unique target tokens',
  tex: '[\\min(k, 1) D_T]',
  text: '[min(k, 1)·D_T]',
  reads: ['D_T', 'k'],
  note: 'Only new target tokens count.',
  limits: [],
  tokens: ({ k, D_T }) => Math.min(k, 1) * D_T,
});
