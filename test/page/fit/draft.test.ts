import { describe, expect, it } from 'vitest';
import { ownLaw } from '../../../src/law/own/ownLaw.ts';
import {
  BLANK,
  caretUnder,
  definitionOf,
  draftOf,
  EXAMPLES,
  parametersIn,
} from '../../../src/page/fit/own/draft.ts';

describe('a law of one’s own as it is written', () => {
  it('takes every name that is no quantity and no function for a parameter', () => {
    expect(parametersIn('E + A/N^alpha + 1e5*exp(-k/Rstar) + log(D_T)')).toEqual([
      'E',
      'A',
      'alpha',
      'Rstar',
    ]);
  });

  it('has examples that are laws', () => {
    for (const example of EXAMPLES) {
      const made = definitionOf(example);
      if ('problem' in made) throw new Error(made.problem);
      expect(ownLaw(made.own).parameters.length).toBeGreaterThan(3);
    }
  });

  it('says which field is no number', () => {
    const parameters = { K: { name: 'K', ...BLANK, lower: 'few' } };
    expect(definitionOf({ name: 'mine', formula: 'E + K/N', parameters })).toEqual({
      field: 'parameters[1].lower',
      problem: '“few” is not a number',
    });
  });

  it('comes back as it was', () => {
    for (const example of EXAMPLES) {
      const made = definitionOf(example);
      if ('problem' in made) throw new Error(made.problem);
      expect(definitionOf(draftOf(made.own))).toEqual(made);
    }
  });

  it('puts the caret under the character, on its own line', () => {
    expect(caretUnder('E + (A', 5)).toBe('E + (A\n    ^');
    expect(caretUnder('E +\n  B )', 9)).toBe('  B )\n    ^');
  });
});
