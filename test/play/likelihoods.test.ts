import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logSum } from '../../src/model/inference/nats.ts';
import { likeliest } from '../../src/play/likelihoods.ts';

const LOGITS = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });

test('the likeliest tokens are the first of all in order, and their probabilities those of a softmax', () => {
  fc.assert(
    fc.property(LOGITS, (logits) => {
      const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
      const order = logits.map((_, token) => token).sort((a, b) => logits[b]! - logits[a]! || a - b);
      const found = likeliest(logits);
      expect(found.map(({ token }) => token)).toEqual(order.slice(0, 8));
      for (const { token, probability } of found) {
        expect(probability).toBeCloseTo(Math.exp(logits[token]!) / sum, 10);
      }
    }),
  );
});

test('large logits do not overflow', () => {
  expect(logSum([1e4, 1e4])).toBeCloseTo(1e4 + Math.LN2, 8);
  expect(likeliest([1e4, 0])[0]).toEqual({ token: 0, probability: 1 });
});
