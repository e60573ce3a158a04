import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import { OpenModels } from '../../../src/page/play/openModels.ts';
import { MOST_LETTERS, type Score, Scorer } from '../../../src/page/play/scoring/scorer.ts';
import { bestOf, documentScores, tableOf } from '../../../src/page/play/scoring/values.ts';
import { guessNats, LEVELS, levelOf } from '../../../src/page/play/tokens/levels.ts';
import type { Scored } from '../../../src/worker/api/play.ts';
import { type Answers, clientsOf, failureOf, modelFacts } from './models.ts';

const scored = (bitsPerByte: number, change: Partial<Scored> = {}): Scored => ({
  tokens: [
    {
      id: 32,
      text: ' ',
      piece: ' ',
      probability: 0.25,
      nats: Math.log(4),
      alternatives: [{ id: 97, text: 'a', probability: 0.5 }],
    },
  ],
  documents: 1,
  meanNats: Math.log(4),
  bitsPerByte,
  bytes: 1,
  lost: [],
  ...change,
});

function scorerOf(answers: Answers) {
  const { clients, sent } = clientsOf(answers);
  const said: string[] = [];
  const scorer = new Scorer({
    models: new OpenModels(clients),
    choice: { models: signal([modelFacts('a'), modelFacts('b')]) },
    say: (words) => said.push(words),
  });
  return { scorer, sent, said };
}

test('a text is scored by all models; one that fails says so and leaves the others alone', async () => {
  const { scorer, said } = scorerOf({
    scoreText: ({ model }) => (model === 'a' ? scored(2) : failureOf('memory')),
  });
  scorer.text.value = 'Paka';
  await scorer.score();
  expect(scorer.scores.value.map(({ model, state }) => [model.id, state.status])).toEqual([
    ['a', 'done'],
    ['b', 'failed'],
  ]);
  expect(said).toEqual(['Model a: 2.000 bits per byte.']);
});

test('neither nothing nor a book is scored', async () => {
  const { scorer, sent } = scorerOf({});
  for (const text of ['', ' \n ', 'a'.repeat(MOST_LETTERS + 1)]) {
    scorer.text.value = text;
    await scorer.score();
  }
  expect(scorer.problem.value).toMatch(/20,001 letters/);
  expect(sent).toEqual([]);
});

test('the lowest is named where there are two, and one that left letters out is not among them', () => {
  const score = (id: string, value: Scored): Score => ({
    model: modelFacts(id),
    state: { status: 'done', scored: value },
  });
  const [a, b, c] = [score('a', scored(2)), score('b', scored(3)), score('c', scored(1, { lost: ['é'] }))];
  expect(bestOf([a, b, c])).toBe(a);
  expect(bestOf([a, c])).toBeUndefined();
});

test('each document has its own loss, its end among its bytes', () => {
  const token = (text: string, nats: number) => ({
    id: 0,
    text,
    piece: text,
    probability: 1,
    nats,
    alternatives: [],
  });
  // A character of two bytes comes with the second of its tokens.
  const tokens = [token('a', 1), token('', 2), token('é', 3), token('\n', 2), token('b', 1), token('\n', 1)];
  const [first, second, ...more] = documentScores(scored(1, { tokens, documents: 2 }));
  expect(first).toEqual({ text: 'aé', bitsPerByte: 8 / Math.LN2 / 4 });
  expect(second).toEqual({ text: 'b', bitsPerByte: 2 / Math.LN2 / 2 });
  expect(more).toEqual([]);
});

test('the table says both units and what was likeliest', () => {
  expect(tableOf(scored(2)).rows).toEqual([[1, '␣', Math.log(4), 2, 0.25, 'a']]);
});

test('the scale goes from certain to a guess among all tokens, and no further', () => {
  const most = guessNats(257);
  expect([0, -1e-9, Number.NaN].map((nats) => levelOf(nats, most))).toEqual([0, 0, 0]);
  expect([most / 2, most, 2 * most, Infinity].map((nats) => levelOf(nats, most))).toEqual([
    5,
    LEVELS - 1,
    LEVELS - 1,
    LEVELS - 1,
  ]);
});
