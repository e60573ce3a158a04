import { describe, expect, it } from 'vitest';
import { FormulaError } from '../../../src/law/own/errors.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { BILINGUAL, SOUND, thrown } from './definitions.ts';

describe('a formula', () => {
  it.each([
    ['E + A/N^alhpa', 9, /did you mean alpha/],
    ['E + A/N^α', 9, /alpha for α/],
    ['E + A/N^', 9, /unexpected end/],
    ['L = E + A/(N^alpha', 19, /parenthesis \) expected/],
    ['E + A N^alpha', 7, /product is written with \*/],
    ['E + 2 A/N^alpha', 7, /product is written with \*/],
    ['E + A(N)^alpha', 5, /A is no function/],
    ['E + A*N**alpha', 8, /power is written with \^/],
    ['E + epx(A)/N^alpha', 5, /did you mean exp/],
    ['E + ln(A)/N^alpha', 5, /natural logarithm is log/],
    ['E + exp/N^alpha', 5, /exp is a function/],
    ['E + sqrt(A, N)^alpha', 5, /sqrt takes 1 value, not 2/],
    ['E + max(A)/N^alpha', 5, /max takes 2 to 8 values, not 1/],
    ['A = E + A/N^alpha', 3, /assigns nothing/],
    ['f(N) = E', 1, /no function f/],
    ['E + "A"/N^alpha', 5, /no strings/],
    ['E + [A]/N^alpha', 5, /matrices/],
    ['E + A/N^alpha; E', 14, /one formula/],
    ['k > 1 ? E : A/N^alpha', 3, /min, max or abs/],
    ['E + A!/N^alpha', 6, /factorials/],
    ['E + A.x/N^alpha', 6, /"\." has no meaning/],
    ['E mod A/N^alpha', 3, /operator is missing/],
    ['E + true', 5, /true/],
    ['E + Infinity', 5, /Infinity/],
    ['E + 1e999', 5, /too large/],
    ['', 1, /no formula/],
    ['L = ', 1, /no formula/],
    [`${'('.repeat(51)}E${')'.repeat(51)}`, 51, /parentheses/],
    [`E + A/N^alpha${' + E'.repeat(300)}`, 1001, /at most 1000/],
    ['E + A*alpha', 1, /reads no quantity/],
  ] as const)('is refused at its character: %.40s', (formula, character, problem) => {
    const error = thrown(() => ownLaw({ ...SOUND, formula }));
    expect(error).toBeInstanceOf(FormulaError);
    expect(error).toMatchObject({ character, problem: expect.stringMatching(problem) });
  });

  it('points at the character', () => {
    const { message } = thrown(() => ownLaw({ ...SOUND, formula: 'E + A/N^alhpa' })) as Error;
    expect(message.split('\n').slice(1)).toEqual(['  E + A/N^alhpa', '          ^']);
    const long = `E + A/N^alpha${' + E'.repeat(60)} + oops${' + E'.repeat(60)}`;
    const [, line = '', caret = ''] = (
      thrown(() => ownLaw({ ...SOUND, formula: long })) as Error
    ).message.split('\n');
    expect(line.slice(caret.indexOf('^')).startsWith('oops')).toBe(true);
    expect(line.length).toBeLessThan(110);
  });

  it('reads signs that come from a paper', () => {
    const pasted = ownLaw({ ...SOUND, formula: 'L = E + A·N^(−alpha)' });
    const typed = ownLaw({ ...SOUND, formula: 'E + A*N^(-alpha)' });
    const gradient = new Float64Array(3);
    const theta = Float64Array.of(0.5, 4, 0.3);
    expect(pasted.logLoss(BILINGUAL.point, theta, gradient)).toBe(
      typed.logLoss(BILINGUAL.point, theta, gradient),
    );
  });
});
