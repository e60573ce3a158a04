import { describe, expect, it } from 'vitest';
import { parameterValue } from '../../../src/law/law.ts';
import { checkOwnLaw } from '../../../src/law/own/check.ts';
import { GRID_POINTS } from '../../../src/law/own/defaults.ts';
import type { OwnLawDefinition, OwnParameter } from '../../../src/law/own/definition.ts';
import { FormulaError, NoLossError, OwnLawError } from '../../../src/law/own/errors.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { pointOf } from '../../../src/law/point.ts';
import type { Run } from '../../../src/law/run.ts';

const linear = (name: string, rest: Partial<OwnParameter> = {}): OwnParameter => ({
  name,
  scale: 'linear',
  ...rest,
});
const log = (name: string, rest: Partial<OwnParameter> = {}): OwnParameter => ({
  name,
  scale: 'log',
  ...rest,
});

const SOUND: OwnLawDefinition = {
  name: 'mine',
  formula: 'L = E + A/N^alpha',
  parameters: [log('E'), log('A'), linear('alpha', { lower: 0, upper: 2 })],
};

const run = (at: { N: number; D_T: number; k: number; r: number; r_f: number }, place: string): Run => ({
  point: pointOf(at),
  loss: 3,
  weight: 1,
  r_1: null,
  s: null,
  groups: {},
  place,
});
const MONOLINGUAL = run({ N: 1e5, D_T: 1e6, k: 1, r: 1, r_f: 1 }, 'runs.csv:2');
const BILINGUAL = run({ N: 1e5, D_T: 1e6, k: 2, r: 0.5, r_f: 0.5 }, 'runs.csv:3');

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a law of one’s own', () => {
  it('speaks in coordinates of what the definition says in values', () => {
    const { parameters, formula, reads, name } = ownLaw({
      ...SOUND,
      parameters: [
        log('E', { lower: 0.5, upper: 4, starts: [1, 2] }),
        log('A'),
        linear('alpha', { lower: 0, upper: 2, unit: 'x', meaning: 'y' }),
      ],
    });
    expect(name).toBe('mine');
    expect(formula).toEqual({ tex: expect.stringMatching(/^L = /), text: 'L = E + A/N^alpha' });
    expect(reads).toEqual(['N']);
    expect(parameters[0]).toMatchObject({
      lower: Math.log(0.5),
      upper: Math.log(4),
      starts: [0, Math.log(2)],
      unit: 'nats per token',
    });
    expect(parameters[2]).toMatchObject({ lower: 0, upper: 2, unit: 'x', meaning: 'y', tex: '\\alpha' });
    for (const { starts, lower, upper } of parameters) {
      expect(starts.length).toBeGreaterThan(0);
      for (const start of starts) expect(start >= lower && start <= upper).toBe(true);
    }
  });

  it('lets a log parameter come near 0 where 0 is its bound', () => {
    const { parameters } = ownLaw({
      name: 'mine',
      formula: 'c*N',
      parameters: [log('c', { lower: 0, starts: [1e-12] })],
    });
    expect(parameters[0]!.lower).toBeLessThan(Math.log(1e-12));
    expect(Number.isFinite(parameters[0]!.lower)).toBe(true);
    expect(parameterValue(parameters[0]!, parameters[0]!.starts[0]!)).toBeCloseTo(1e-12, 20);
  });

  it('keeps the grid of starts to what a fit can try', () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const { parameters } = ownLaw({
      name: 'mine',
      formula: `N + ${names.join(' + ')}`,
      parameters: names.map((name, index) =>
        index === 0 ? linear(name, { starts: [1, 2, 3, 4, 5] }) : linear(name),
      ),
    });
    expect(parameters.reduce((points, { starts }) => points * starts.length, 1)).toBeLessThanOrEqual(
      GRID_POINTS,
    );
    expect(parameters[0]?.starts).toEqual([1, 2, 3, 4, 5]);
  });

  it('has no loss where the formula has none, and sends a fit back from there', () => {
    const law = ownLaw({
      name: 'mine',
      formula: 'E - A*log(N) + 1/(1 - r)',
      parameters: [log('E'), log('A')],
    });
    const gradient = Float64Array.of(7, 7);
    expect(law.logLoss(BILINGUAL.point, Float64Array.of(0, 5), gradient)).toBe(Infinity);
    expect([...gradient]).toEqual([0, 0]);
    expect(law.logLoss(MONOLINGUAL.point, Float64Array.of(0, -9), gradient)).toBe(Infinity);
    expect(law.logLoss(BILINGUAL.point, Float64Array.of(0, -9), gradient)).toBeGreaterThan(0);
  });

  it('has a gradient where a power of zero stands', () => {
    const law = ownLaw({
      name: 'mine',
      formula: '2 + c*S^a + (c*S)^a',
      parameters: [linear('c'), linear('a')],
    });
    const gradient = new Float64Array(2);
    expect(law.logLoss(MONOLINGUAL.point, Float64Array.of(0.5, 0.7), gradient)).toBeCloseTo(Math.log(2), 14);
    expect([...gradient]).toEqual([0, 0]);
  });

  it('has the slope of the piece it is on', () => {
    const law = ownLaw({
      name: 'mine',
      formula: '9 + 0*N + min(p, 2) + 3*max(p, q, 1) + abs(q - p)',
      parameters: [linear('p'), linear('q')],
    });
    const slopes = (p: number, q: number): number[] => {
      const gradient = new Float64Array(2);
      const loss = Math.exp(law.logLoss(MONOLINGUAL.point, Float64Array.of(p, q), gradient));
      return [...gradient].map((slope) => Math.round(slope * loss * 1e9) / 1e9);
    };
    expect(slopes(1.5, 3)).toEqual([0, 4]);
    expect(slopes(3, 1.5)).toEqual([4, -1]);
    expect(slopes(0.2, 0.1)).toEqual([2, -1]);
  });

  it('sees what changed since it was last asked', () => {
    const law = ownLaw(SOUND);
    const gradient = new Float64Array(3);
    const at = (N: number, alpha: number) =>
      law.logLoss(pointOf({ N, D_T: 1e6, k: 1, r: 1, r_f: 1 }), Float64Array.of(0.5, 4, alpha), gradient);
    const first = at(1e5, 0.3);
    expect(at(1e5, 0.4)).not.toBe(first);
    expect(at(2e5, 0.3)).not.toBe(first);
    expect(at(1e5, 0.3)).toBe(first);
  });

  it.each([
    ['name', { ...SOUND, name: ' ' }, /printable/],
    ['name', { ...SOUND, name: 'a\nb' }, /printable/],
    ['parameters', { ...SOUND, parameters: [] }, /nothing to fit/],
    ['parameters[1].name', { ...SOUND, parameters: [log('E'), log('α')] }, /ASCII/],
    ['parameters[1].name', { ...SOUND, parameters: [log('E'), log('D_T')] }, /quantity/],
    ['parameters[1].name', { ...SOUND, parameters: [log('E'), log('exp')] }, /meaning/],
    ['parameters[2].name', { ...SOUND, parameters: [log('E'), log('A'), log('E')] }, /twice/],
    [
      'parameters[3].name',
      { ...SOUND, parameters: [...SOUND.parameters, linear('beta')] },
      /beta does not occur/,
    ],
    [
      'parameters[0].lower',
      { ...SOUND, parameters: [log('E', { lower: 2, upper: 1 })] },
      /lower bound 2 .*upper bound 1/,
    ],
    ['parameters[0].lower', { ...SOUND, parameters: [log('E', { lower: -1 })] }, /log scale/],
    [
      'parameters[0].starts[1]',
      { ...SOUND, parameters: [log('E', { lower: 1, upper: 2, starts: [1, 3] })] },
      /start at 3, outside its bounds 1 to 2/,
    ],
    ['parameters[0].starts[0]', { ...SOUND, parameters: [log('E', { starts: [0] })] }, /log scale/],
    ['parameters[0].starts[0]', { ...SOUND, parameters: [log('E', { starts: [Number.NaN] })] }, /NaN/],
  ] as const)('is refused at %s', (field, definition, problem) => {
    const error = thrown(() => ownLaw(definition));
    expect(error).toBeInstanceOf(OwnLawError);
    expect(error).toMatchObject({ field, message: expect.stringMatching(problem) });
  });

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
});
