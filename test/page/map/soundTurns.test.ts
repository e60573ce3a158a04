import { describe, expect, it } from 'vitest';
import { m3 } from '../../../src/law/laws/m3.ts';
import { soundTurns } from '../../../src/page/map/turn/soundTurns.ts';

describe('what was turned', () => {
  it('is taken where the law has it and it may be so', () => {
    expect(soundTurns(m3, { tau: 0.5, Rstar: 20 })).toEqual({
      turned: { tau: 0.5, Rstar: 20 },
      problems: [],
    });
    expect(soundTurns(m3, {})).toEqual({ turned: {}, problems: [] });
  });

  it('is left out with a reason where it is of another law, or cannot be', () => {
    const { turned, problems } = soundTurns(m3, { tau: 0.5, kappa: 2, A: -3, Rstar: 1e99 });
    expect(turned).toEqual({ tau: 0.5 });
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('κ is no parameter of m3');
    expect(problems[1]).toMatch(/^A = .*3.* is left out: it may be from /);
    expect(problems[2]).toContain('R* = 10⁹⁹');
  });

  it('may be a bound as an address has it', () => {
    const E = m3.parameters.find(({ name }) => name === 'E')!;
    const lowest = Number(Math.exp(E.lower).toPrecision(4));
    expect(soundTurns(m3, { E: lowest }).problems).toEqual([]);
  });

  it('waits for a law', () => {
    expect(soundTurns(null, { tau: 0.5 })).toEqual({ turned: {}, problems: [] });
  });
});
