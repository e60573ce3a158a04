import { describe, expect, it, test } from 'vitest';
import { LAWS } from '../../../src/law/laws/catalogue.ts';
import { powerOfTen, printedNumbers } from '../../../src/law/report/numbers.ts';
import { printedName, printedNames, spoken, symbolParts } from '../../../src/law/report/symbols.ts';

describe('names of parameters', () => {
  it.each([
    ['alpha', 'α'],
    ['Rstar', 'R*'],
    ['RDstar', 'R_D*'],
    ['R_star', 'R*'],
    ['Bprime', 'B′'],
    ['betaprime', 'β′'],
    ['tau0', 'τ_0'],
    ['Cr', 'C_r'],
    ['K_max', 'K_max'],
    ['speed', 'speed'],
  ])('%s is %s in print', (name, printed) => {
    expect(printedName(name)).toBe(printed);
  });

  it.each(LAWS.map(({ name, parameters, note }) => ({ name, parameters, note })))(
    'of $name are letters, not words, and its units and note have no other names',
    ({ parameters, note }) => {
      for (const { name, unit } of parameters) {
        expect(printedName(name)).toMatch(/^[A-Za-zα-ω](_[A-Za-z0-9])?[*′]?$/);
        expect(printedNames(unit)).toBe(unit);
      }
      expect(printedNames(note)).toBe(note);
    },
  );

  it('are found in sentences, and other words are not', () => {
    expect(printedNames('Rstar = 4, tau0 and betaprime do not matter; alphabet, pre-beta, the STAR')).toBe(
      'R* = 4, τ_0 and β′ do not matter; alphabet, pre-beta, the STAR',
    );
  });
});

const set = (text: string): string =>
  symbolParts(text)
    .map(({ text: words, place }) =>
      place === 'words' ? words : { letter: `<${words}>`, below: `_<${words}>`, above: `^<${words}>` }[place],
    )
    .join('');

describe('symbols in text', () => {
  it.each([
    ['target tokens D_T', 'target tokens <D>_<T>'],
    ['threshold D_T^c(C)', 'threshold <D>_<T>^<c>(<C>)'],
    ['x = D_T/D*(C)', '<x> = <D>_<T>/<D*>(<C>)'],
    ['best epochs k*', 'best epochs <k*>'],
    ['r_1 = 0.25·r', '<r>_<1> = 0.25·<r>'],
    ['in ln k*.', 'in ln <k*>.'],
    ['R_D*, epochs', '<R>_<D><*>, epochs'],
    ['α, τ·S', '<α>, <τ>·<S>'],
    ['nats per token · tokens^β′ · parameters^γ', 'nats per token · tokens^<β′> · parameters^<γ>'],
    ['E', '<E>'],
    ['34.6 k tokens, 8\u202fk, 10 M', '34.6 k tokens, 8\u202fk, 10 M'],
    ['a name_T of_one no_r_1x A/B', 'a name_T of_one no_r_1x A/B'],
    ['', ''],
  ])('%s', (text, wanted) => {
    expect(set(text)).toBe(wanted);
  });

  it('are read aloud without the marks', () => {
    expect(spoken('threshold D_T^c, D*(C)')).toBe('threshold D T c, D*(C)');
  });
});

test('powers of ten are as print has them', () => {
  expect(['1e+12', '2.06e-9', '-1e5', '-2.5e7'].map(powerOfTen)).toEqual([
    '10¹²',
    '2.06·10⁻⁹',
    '−10⁵',
    '−2.5·10⁷',
  ]);
  expect(printedNumbers('C = 1e15, up to 2.06e-9; run 3e5f, v1e5')).toBe(
    'C = 10¹⁵, up to 2.06·10⁻⁹; run 3e5f, v1e5',
  );
});
