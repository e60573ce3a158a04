import { describe, expect, it } from 'vitest';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import { Rstar, tau } from '../../../src/law/laws/parameters.ts';
import { placeOf, STEPS, sliderDomain, valueAt } from '../../../src/page/map/turn/sliderScale.ts';

describe('a slider', () => {
  it.each(
    LAWS.flatMap((law) =>
      law.parameters.map((parameter) => [`${law.name} ${parameter.name}`, parameter] as const),
    ),
  )('of %s reaches to both sides of its starts, within its bounds', (_, parameter) => {
    for (const start of parameter.starts) {
      const value = parameter.scale === 'log' ? Math.exp(start) : start;
      const domain = sliderDomain(parameter, value);
      expect(domain[0]).toBeLessThan(domain[1]);
      expect(domain[0]).toBeGreaterThanOrEqual(parameter.lower);
      expect(domain[1]).toBeLessThanOrEqual(parameter.upper);
      const place = placeOf(parameter, domain, value);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(STEPS);
    }
  });

  it('gives back the value at its place', () => {
    const domain = sliderDomain(tau, 0.3);
    expect(valueAt(tau, domain, placeOf(tau, domain, 0.3))).toBeCloseTo(0.3, 12);
    expect(valueAt(tau, domain, 0)).toBe(0);
  });

  it('of passes reaches from hardly any to more than anybody reads, also where the fit is at its bound', () => {
    const domain = sliderDomain(Rstar, 1e12);
    expect(valueAt(Rstar, domain, 0)).toBeCloseTo(0.1, 9);
    expect(valueAt(Rstar, domain, STEPS)).toBeCloseTo(1000, 6);
    expect(placeOf(Rstar, domain, 1e12)).toBe(STEPS);
  });
});
