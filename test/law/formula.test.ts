import { describe, expect, it } from 'vitest';
import { mathml } from '../../src/law/formula.ts';
import { LAWS } from '../../src/law/laws/catalogue.ts';
import { ownLaw } from '../../src/law/own/ownLaw.ts';
import { nameTex } from '../../src/law/own/tex.ts';
import { FORMULAS } from './own/formulas.ts';

/** Elements open and close in order, and nothing stands in red, which is how temml shows what it cannot read. */
function refuseBroken(math: string): void {
  const open: string[] = [];
  for (const [tag, slash, name, single] of math.matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>/g)) {
    if (slash) expect(open.pop(), `${tag} in ${math}`).toBe(name);
    else if (!single) open.push(name!);
  }
  expect(open).toEqual([]);
  expect(math).toMatch(/^<math[^>]*xmlns="http:\/\/www.w3.org\/1998\/Math\/MathML"/);
  expect(math).not.toMatch(/merror|temml-error|#b22222|\\(?!.*<\/annotation>)/i);
}

describe('mathml', () => {
  it.each(LAWS.map((law) => [law.name, law] as const))(
    'writes the formula and the parameters of %s',
    (_, law) => {
      refuseBroken(mathml(law.formula.tex));
      for (const { tex } of law.parameters) refuseBroken(mathml(tex, { display: false }));
    },
  );

  it.each(Object.entries(FORMULAS))('writes %s as it stands in a formula of one’s own', (name, formula) => {
    const { parameters } = LAWS.find((law) => law.name === name)!;
    const own = ownLaw({
      name: `my-${name}`,
      formula,
      parameters: parameters.map(({ name, scale }) => ({ name, scale })),
    });
    refuseBroken(mathml(own.formula.tex));
    for (const { tex } of own.parameters) refuseBroken(mathml(tex));
  });

  it('puts a formula on a line of its own, or into a sentence', () => {
    expect(mathml('N')).toContain('display="block"');
    expect(mathml('N', { display: false })).not.toContain('display="block"');
  });

  it('throws at TeX that it cannot read', () => {
    expect(() => mathml('\\frac{')).toThrow(/Unexpected end/);
  });
});

describe('nameTex', () => {
  it.each([
    ['alpha', '\\alpha'],
    ['D_T', 'D_{T}'],
    ['r_f', 'r_{f}'],
    ['Rstar', 'R^{*}'],
    ['RDstar', 'R_{D}^{*}'],
    ['tau0', '\\tau_{0}'],
    ['beta_eff', '\\beta_{\\mathrm{eff}}'],
    ['pip', '\\mathrm{pip}'],
    ['a_b_c', 'a_{\\mathrm{b\\_c}}'],
    ['phi', '\\varphi'],
  ])('prints %s as %s', (name, tex) => {
    expect(nameTex(name)).toBe(tex);
  });
});
