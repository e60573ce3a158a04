import temml from 'temml';
import { describe, expect, test } from 'vitest';
import { predictLoss } from '../../../src/law/law.ts';
import { LAWS, lawNamed, UnknownLawError } from '../../../src/law/laws/catalogue.ts';
import { pointOf, QUANTITIES, type Quantity } from '../../../src/law/point.ts';
import { drawPoint, drawTheta, uniformFrom } from './draws.ts';

/** Hoffmann's grid for e, a, b (5·6·6) and α, β (5·5). */
const HOFFMANN_STARTS = 4500;
/** A grid whose points are all evaluated, on a few hundred runs, at some 0.2 µs each: seconds at most. */
const MOST_STARTS = 100 * HOFFMANN_STARTS;

const NAMES = [
  'm3',
  'm3-overfit',
  'chinchilla',
  'chinchilla-target',
  'chinchilla-unique',
  'muennighoff',
  'ratio-power',
  'ratio-power-reducible',
  'effective-tokens',
  'cpt',
  'transfer',
  'd-cpt',
  'bimix',
  'sedova',
];

describe('the catalogue', () => {
  test('has every law once, by its name', () => {
    expect(LAWS.map(({ name }) => name)).toEqual(NAMES);
    for (const law of LAWS) expect(lawNamed(law.name)).toBe(law);
  });

  test('a name that is not there brings the nearest', () => {
    expect(() => lawNamed('chinchila')).toThrow(UnknownLawError);
    try {
      lawNamed('Munnighoff');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ wanted: 'Munnighoff', nearest: 'muennighoff', known: NAMES });
      expect((error as Error).message).toBe(
        `there is no law named “Munnighoff” (did you mean muennighoff?); the lab knows ${NAMES.join(', ')}`,
      );
    }
  });

  test('a name that is like none brings none', () => {
    expect(() => lawNamed('kaplan-and-others')).toThrow(
      expect.objectContaining({ nearest: null, message: expect.not.stringContaining('did you mean') }),
    );
  });
});

describe.each(LAWS)('$name', (law) => {
  test('its parameters have ASCII names of their own, no quantity’s, and words', () => {
    const names = law.parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, unit, meaning, tex } of law.parameters) {
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
      expect(QUANTITIES).not.toContain(name);
      expect([unit, meaning, tex]).not.toContain('');
    }
  });

  test('its starts lie within its bounds, and its grid is no larger than can be evaluated', () => {
    for (const { name, starts, lower, upper } of law.parameters) {
      expect(lower, name).toBeLessThan(upper);
      expect(starts.length, name).toBeGreaterThan(0);
      for (const start of starts) {
        expect(start, name).toBeGreaterThanOrEqual(lower);
        expect(start, name).toBeLessThanOrEqual(upper);
      }
    }
    const grid = law.parameters.reduce((product, { starts }) => product * starts.length, 1);
    expect(grid).toBeLessThanOrEqual(MOST_STARTS);
    if (law.name.startsWith('chinchilla')) expect(grid).toBe(HOFFMANN_STARTS);
  });

  test('it says what it is and whose', () => {
    expect([law.title, law.source, law.formula.text]).not.toContain('');
    expect(() => temml.renderToString(law.formula.tex, { throwOnError: true })).not.toThrow();
    for (const { tex } of law.parameters)
      expect(() => temml.renderToString(tex, { throwOnError: true })).not.toThrow();
  });

  test('it reads what it says it reads, and nothing else', () => {
    const read = new Set<Quantity>();
    const of: Readonly<Record<string, readonly Quantity[]>> = {
      lnN: ['N'],
      lnD: ['D'],
      lnR: ['r'],
      lnR_f: ['r_f'],
    };
    const uniform = uniformFrom(3);
    for (let draw = 0; draw < 64; draw++) {
      const watched = new Proxy(drawPoint(draw, uniform), {
        get: (point, key: string) => {
          for (const quantity of of[key] ?? [key as Quantity]) read.add(quantity);
          return Reflect.get(point, key);
        },
      });
      predictLoss(law, watched, drawTheta(law, uniform));
    }
    expect([...read].sort()).toEqual([...law.reads].sort());
  });

  test('a parameter shows only in the runs that tell it', () => {
    const uniform = uniformFrom(5);
    const gradient = new Float64Array(law.parameters.length);
    const single = pointOf({ N: 1e6, D_T: 1e6, k: 1, r: 1, r_f: 1 });
    for (let draw = 0; draw < 20; draw++) {
      law.logLoss(single, drawTheta(law, uniform), gradient);
      law.parameters.forEach(({ name, toldBy }, index) => {
        // Where the ratio is 1, the height of a term in it cannot be told from E: it shows, and is told by others.
        if (law.covers || ['d-cpt', 'sedova'].includes(law.name)) return;
        if (toldBy !== 'any') expect(Math.abs(gradient[index]!), name).toBe(0);
      });
    }
  });
});
