import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkSampling,
  type SamplingOptions,
  sampleToken,
  uniformStream,
} from '../../src/model/inference/sampling.ts';

const LOGITS = [1, 3, 2, 3, -5];
const ALL: SamplingOptions = { temperature: 1, topK: 0, topP: 1 };

/** Shares of `draws` draws. */
function shares(options: SamplingOptions, draws = 20_000): number[] {
  const uniform = uniformStream(5);
  const counts = LOGITS.map(() => 0);
  for (let i = 0; i < draws; i++) counts[sampleToken(LOGITS, options, uniform)]!++;
  return counts.map((count) => count / draws);
}

/** Four standard deviations of a share over 20,000 draws, at most 0.0142. */
const SHARE_TOLERANCE = 0.015;

function softmax(temperature: number, tokens: readonly number[]): number[] {
  const weights = LOGITS.map((logit, token) => (tokens.includes(token) ? Math.exp(logit / temperature) : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe('sampling', () => {
  test.each<[string, SamplingOptions, number[]]>([
    ['all tokens', ALL, softmax(1, [0, 1, 2, 3, 4])],
    ['a lower temperature', { ...ALL, temperature: 0.5 }, softmax(0.5, [0, 1, 2, 3, 4])],
    ['top-k of 3', { ...ALL, topK: 3 }, softmax(1, [1, 2, 3])],
    // The two threes hold 0.40 each, the two 0.15: 0.85 is reached with three tokens, 0.7 with two.
    ['top-p of 0.85', { ...ALL, topP: 0.85 }, softmax(1, [1, 2, 3])],
    ['top-p of 0.7', { ...ALL, topP: 0.7 }, softmax(1, [1, 3])],
    ['a tiny top-p', { ...ALL, topP: 1e-9 }, [0, 1, 0, 0, 0]],
    ['temperature 0', { ...ALL, temperature: 0 }, [0, 1, 0, 0, 0]],
  ])('%s', (_, options, expected) => {
    shares(options).forEach((share, token) => {
      expect(Math.abs(share - expected[token]!), `token ${token}: ${share}`).toBeLessThan(SHARE_TOLERANCE);
    });
  });

  test('draws a token of the vocabulary whatever the logits, and the same for a seed', () => {
    const logits = fc.array(fc.float({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 });
    const options = fc.record({
      temperature: fc.oneof(fc.constant(0), fc.float({ min: Math.fround(0.01), max: 10, noNaN: true })),
      topK: fc.nat(50),
      topP: fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(logits, options, fc.integer(), (values, chosen, seed) => {
        const token = sampleToken(values, chosen, uniformStream(seed));
        expect(token).toBeGreaterThanOrEqual(0);
        expect(token).toBeLessThan(values.length);
        expect(sampleToken(values, chosen, uniformStream(seed))).toBe(token);
        if (chosen.topK === 1 || chosen.temperature === 0) expect(values[token]).toBe(Math.max(...values));
      }),
    );
  });

  test.each<[Partial<SamplingOptions>, string]>([
    [{ temperature: -1 }, 'temperature: -1'],
    [{ temperature: Number.NaN }, 'temperature: NaN'],
    [{ topK: 1.5 }, 'topK: 1.5'],
    [{ topP: 0 }, 'topP: 0'],
    [{ topP: 1.1 }, 'topP: 1.1'],
  ])('refuses %o', (wrong, message) => {
    expect(() => checkSampling({ ...ALL, ...wrong })).toThrow(message);
  });
});
