import { expect, it } from 'vitest';
import { setSymbols } from '../../../src/page/parts/symbol.ts';

it('a sentence keeps its words, and has each symbol set by itself', () => {
  const parts = setSymbols('On D_T/D* alone, not on r_f; no_r_1x.');
  expect(parts.filter((part) => typeof part === 'string')).toEqual([
    'On ',
    '/',
    ' alone, not on ',
    '; no_r_1x.',
  ]);
  expect(parts).toHaveLength(7);
  expect(setSymbols('Nothing.')).toEqual(['Nothing.']);
});
