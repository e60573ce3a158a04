import { describe, expect, it } from 'vitest';
import { checkOwnLaw } from '../../../src/law/own/check.ts';
import { NoLossError } from '../../../src/law/own/errors.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { BILINGUAL, linear, log, MONOLINGUAL, thrown } from './definitions.ts';

describe('the check before a fit', () => {
  it('lets a formula pass that has a loss at every run for some start', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E - A/N',
      parameters: [log('E', { starts: [1] }), log('A', { starts: [1e9, 1] })],
    });
    expect(() => checkOwnLaw(law, [MONOLINGUAL, BILINGUAL])).not.toThrow();
    expect(() => checkOwnLaw(law, [])).not.toThrow();
  });

  it('says where a formula divides by zero', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E + A/S',
      parameters: [log('E', { starts: [2] }), log('A', { starts: [3] })],
    });
    expect(() => checkOwnLaw(law, [BILINGUAL])).not.toThrow();
    const error = thrown(() => checkOwnLaw(law, [BILINGUAL, MONOLINGUAL]));
    expect(error).toBeInstanceOf(NoLossError);
    expect(error).toMatchObject({
      place: 'runs.csv:2',
      loss: Infinity,
      message: expect.stringMatching(/E = 2, A = 3.*S = 0/),
    });
  });

  it('says what a formula comes to that is below 0', () => {
    const law = ownLaw({ name: 'mine', formula: 'E - N', parameters: [log('E', { starts: [2] })] });
    expect(thrown(() => checkOwnLaw(law, [BILINGUAL]))).toMatchObject({ loss: 2 - 1e5 });
  });

  it.each([
    ['E + A/(N - N)^alpha', /Infinity with .*alpha = 0\.5/],
    ['E + A/(k - 1)^alpha', /Infinity .*k − 1 = 0/],
    ['E + A*log(S)^alpha', /Infinity .*S = 0/],
  ])('looks past a power of zero that is 1 at an exponent of 0: %s', (formula, words) => {
    const law = ownLaw({ name: 'mine', formula, parameters: POWER });
    const error = thrown(() => checkOwnLaw(law, [MONOLINGUAL, BILINGUAL]));
    expect(error).toBeInstanceOf(NoLossError);
    expect(error).toMatchObject({
      place: 'runs.csv:2',
      loss: Infinity,
      message: expect.stringMatching(words),
    });
  });

  it('says by what a loss has no slope, where that is all that is wrong', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E + A/(k - 1)^alpha',
      parameters: [log('E'), log('A'), linear('alpha', { starts: [0] })],
    });
    expect(thrown(() => checkOwnLaw(law, [BILINGUAL, MONOLINGUAL]))).toMatchObject({
      slopeless: ['alpha'],
      message: expect.stringMatching(/no finite slope by alpha/),
    });
    expect(() => checkOwnLaw(law, [BILINGUAL])).not.toThrow();
  });

  it('holds frozen parameters where they are frozen', () => {
    const law = ownLaw({ name: 'mine', formula: 'E + A/(k - 1)^alpha', parameters: POWER });
    expect(() => checkOwnLaw(law, [MONOLINGUAL], { alpha: -1 })).not.toThrow();
    expect(thrown(() => checkOwnLaw(law, [MONOLINGUAL], { alpha: 1 }))).toMatchObject({
      values: { alpha: 1 },
    });
  });

  it('says where a formula comes to nothing at infinity', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E + R*(1 - exp(-k/R))',
      parameters: [log('E'), log('R', { starts: [1, 10] })],
    });
    expect(() => checkOwnLaw(law, [BILINGUAL])).not.toThrow();
    expect(thrown(() => checkOwnLaw(law, [BILINGUAL], { R: Infinity }))).toMatchObject({
      loss: Number.NaN,
      message: expect.stringMatching(/R is frozen at infinity.*freeze a large number instead/),
    });
    // min(k, R) has a limit there.
    const bent = ownLaw({
      name: 'mine',
      formula: 'E + A/(D_T*min(k, R))^beta',
      parameters: [log('E'), log('A'), log('R', { starts: [1, 10] }), linear('beta')],
    });
    expect(() => checkOwnLaw(bent, [BILINGUAL], { R: Infinity })).not.toThrow();
  });
});

const POWER = [log('E'), log('A'), linear('alpha', { lower: 0, upper: 2, starts: [0, 0.5, 1] })];
