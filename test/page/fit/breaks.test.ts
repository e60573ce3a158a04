import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { mathml } from '../../../src/law/formula.ts';
import { breakable } from '../../../src/page/fit/breaks.ts';

function mathOf(tex: string): Element {
  const { document } = parseHTML(`<body>${mathml(tex)}</body>`);
  const math = document.querySelector('math');
  if (!math) throw new RangeError(tex);
  return breakable(math);
}

const textsOf = (at: Element, name: string) =>
  [...at.querySelectorAll(`mrow.${name}`)].map((row) => row.textContent?.replace(/\s+/g, ''));

test('a formula may go on before each term, and before what is said beside it', () => {
  const math = mathOf('L = E + A N^{-\\alpha} - B, \\quad g(k) = 1 + R');
  expect(textsOf(math, 'statement')).toEqual(['L=E+AN−α−B,', 'g(k)=1+R']);
  expect(textsOf(math, 'term')).toEqual(['L=E', '+AN−α', '−B,', 'g(k)=1', '+R']);
});

test('a sign that begins a term is set as one between two; one that begins a formula stays that of its number', () => {
  const signs = [...mathOf('-a + b').querySelectorAll('mrow.term > mo')];
  expect(signs.map((sign) => sign.getAttribute('form'))).not.toEqual(['infix', 'infix']);
  expect(signs.at(-1)?.getAttribute('form')).toBe('infix');
});

test('nothing is cut inside brackets or exponents, and a symbol stays as it is', () => {
  expect(textsOf(mathOf('[D + \\tau S]^{-(a + b)}'), 'term')).toEqual([]);
  expect(mathOf('\\alpha').outerHTML).not.toContain('class="term"');
});
