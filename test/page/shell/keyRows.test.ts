import { expect, test } from 'vitest';
import { keyRows } from '../../../src/page/shell/help/keyRows.ts';

const act = () => {};

test('one line for what is done, whichever keys do it and wherever', () => {
  const rows = keyRows([
    { key: '1', words: 'Go to a view', scope: 'everywhere', act },
    { key: '2', words: 'Go to a view', scope: 'everywhere', act },
    { key: ' ', words: 'Pause', scope: 'train', act },
    { key: ' ', words: 'Pause', scope: 'sweep', act },
    { key: 'l', words: 'Logarithmic axes', scope: 'train', act },
  ]);
  expect(rows).toEqual([
    { names: ['1', '2'], words: 'Go to a view', where: 'everywhere' },
    { names: ['Space'], words: 'Pause', where: 'Train, Sweep' },
    { names: ['L'], words: 'Logarithmic axes', where: 'Train' },
  ]);
});
