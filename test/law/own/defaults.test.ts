import { describe, expect, it } from 'vitest';
import { parseOwnLaw } from '../../../src/formats/ownLaw.ts';
import { parameterValue } from '../../../src/law/law.ts';
import { A, B, beta, E, tau } from '../../../src/law/laws/parameters.ts';
import { GRID_POINTS } from '../../../src/law/own/defaults.ts';
import { OwnLawError } from '../../../src/law/own/errors.ts';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import { linear, log, SOUND, thrown } from './definitions.ts';

describe('the parameters of a law of one’s own', () => {
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
  it('are the lab’s where they have its names and say no more', () => {
    const { parameters } = ownLaw(parseOwnLaw(DOCUMENTED, 'docs/laws.md'));
    const [ownE, ownA, , ownB, ownBeta, ownTau, K] = parameters;
    expect([ownE, ownA, ownB, ownBeta, ownTau]).toEqual(
      [E, A, B, beta, tau].map((usual) => ({ ...usual, starts: expect.any(Array) })),
    );
    // The grid is thinned to what a fit can try; what is left are the lab's starts.
    for (const [own, usual] of [
      [ownE, E],
      [ownA, A],
      [ownTau, tau],
    ] as const)
      for (const start of own!.starts) expect(usual.starts).toContain(start);
    expect(K).toMatchObject({
      scale: 'log',
      lower: 0,
      upper: Math.log(100),
      starts: [Math.log(4), Math.log(16)],
    });
  });

  it('keep what they say themselves, in values', () => {
    const { parameters } = ownLaw({
      ...SOUND,
      parameters: [
        { name: 'E', upper: 4, unit: 'bits' },
        { name: 'A', starts: [100] },
        { name: 'alpha', upper: 1, meaning: 'mine' },
      ],
    });
    expect(parameters[0]).toMatchObject({ scale: 'log', lower: E.lower, upper: Math.log(4), unit: 'bits' });
    expect(parameters[1]).toMatchObject({ scale: 'log', upper: A.upper, starts: [Math.log(100)] });
    expect(parameters[2]).toMatchObject({
      scale: 'linear',
      lower: 0,
      upper: 1,
      starts: [0, 0.5, 1],
      meaning: 'mine',
    });
  });

  it('on another scale than the lab’s have that scale’s bounds, and are linear where nobody says a word', () => {
    const { parameters } = ownLaw({
      name: 'mine',
      formula: 'E + slope*N',
      parameters: [linear('E'), { name: 'slope' }],
    });
    expect(parameters[0]).toMatchObject({ scale: 'linear', lower: -Infinity, unit: E.unit });
    expect(parameters[1]).toMatchObject({ scale: 'linear', lower: -Infinity, upper: Infinity, unit: '1' });
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
  it.each(['m3', 'M3 ', 'chinchilla'])('do not come under the name of a law of the lab: %s', (name) => {
    const error = thrown(() => ownLaw({ ...SOUND, name }));
    expect(error).toBeInstanceOf(OwnLawError);
    expect(error).toMatchObject({
      field: 'name',
      message: expect.stringMatching(/is a law of the lab .*another name, as in my-/),
    });
  });
});

/** As in docs/laws.md. */
const DOCUMENTED = {
  version: 1,
  name: 'my-law',
  formula: 'E + A / N^alpha + B / (D_T * min(k, K) + tau * S)^beta',
  parameters: [
    ...['E', 'A', 'alpha', 'B', 'beta', 'tau'].map((name) => ({ name })),
    { name: 'K', scale: 'log', lower: 1, upper: 100, starts: [4, 16] },
  ],
};
