/** What a link may hold, field by field: each is checked by itself, so that a wrong one takes no other with it. */

import * as v from 'valibot';
import { corpusSpecProblem } from '../corpusSpec.ts';
import {
  MOST_STAGES,
  type NumberRule,
  RECIPE_KINDS,
  SCHEDULES,
  type StageSettings,
  TOKENIZERS,
} from './settings.ts';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LONGEST_NAME = 60;

/** A number that the rule admits, as text. */
export function numberSchema({ whole, min, max, above }: NumberRule) {
  const reaches = above
    ? `a number above ${min}`
    : `${whole ? 'a whole number' : 'a number'} of ${min} or more`;
  const range =
    max === undefined ? reaches : `${whole ? 'a whole number' : 'a number'} from ${min} to ${max}`;
  const isGood = (value: number) =>
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    (above ? value > min : value >= min) &&
    (max === undefined || value <= max);
  return v.pipe(
    v.string(),
    v.regex(PLAIN, `is not ${range}`),
    v.check((text) => isGood(Number(text)), `is not ${range}`),
  );
}

/** The same, or nothing. */
export function maybeNumberSchema(rule: NumberRule) {
  return v.union([v.literal(''), numberSchema(rule)], ({ input }) => {
    const parsed = v.safeParse(numberSchema(rule), input);
    return parsed.success ? '' : parsed.issues[0].message;
  });
}

export const kindSchema = v.picklist(RECIPE_KINDS, `is not one of ${RECIPE_KINDS.join(', ')}`);
export const scheduleSchema = v.picklist(SCHEDULES, `is not one of ${SCHEDULES.join(', ')}`);
export const tokenizerSchema = v.picklist(TOKENIZERS, `is not one of ${TOKENIZERS.join(', ')}`);
export const flagSchema = v.picklist(['yes', 'no'], 'is not yes or no');

export const nameSchema = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '', 'is empty'),
  v.maxLength(LONGEST_NAME, `is longer than ${LONGEST_NAME} letters`),
);

/** A corpus spec that another machine can read too, or `own`. */
export const textSchema = v.pipe(
  v.string(),
  v.check((text) => text === 'own' || !text.startsWith('file:'), 'is a file, which a link cannot carry'),
  v.check(
    (text) => text === 'own' || corpusSpecProblem(text) === null,
    ({ input }) => corpusSpecProblem(input) ?? 'cannot be read',
  ),
);

/** `0.5:0 0.5:0.9`: share and ratio of each stage. */
export const stagesSchema = v.pipe(
  v.string(),
  v.check(
    (text) =>
      stagesIn(text).length <= MOST_STAGES &&
      stagesIn(text).every(({ share, ratio }) => PLAIN.test(share) && PLAIN.test(ratio)),
    `is not a list of stages such as 0.5:0 0.5:0.9 (share:ratio, at most ${MOST_STAGES})`,
  ),
);

export function stagesIn(text: string): StageSettings[] {
  return text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [share = '', ratio = ''] = pair.split(':');
      return { share, ratio };
    });
}

export function stagesText(stages: readonly StageSettings[]): string {
  return stages.map(({ share, ratio }) => `${share.trim()}:${ratio.trim()}`).join(' ');
}
