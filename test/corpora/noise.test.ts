import { describe, expect, test } from 'vitest';
import { CODES, documentsOf } from './texts.ts';

const STORIES = 400;

describe.each(CODES)('noise in %s', (language) => {
  test('damages about as many documents as was asked for, always in the same way', () => {
    const clean = documentsOf({ language }, STORIES);
    const noisy = documentsOf({ language, noise: 0.3 }, STORIES);
    const damaged = noisy.filter(({ text }, index) => text !== clean[index]?.text).length;
    // Three standard deviations of a binomial count; a swap of two equal words changes nothing.
    const margin = 3 * Math.sqrt(0.3 * 0.7 * STORIES);
    expect(Math.abs(damaged - 0.3 * STORIES)).toBeLessThan(margin);
    expect(documentsOf({ language, noise: 0.3 }, STORIES)).toEqual(noisy);
    expect(noisy.every(({ text }) => text.length > 0)).toBe(true);
  });

  test('takes the floor away: what was damaged is not known any more', () => {
    expect(documentsOf({ language, noise: 0.01 }, 3).map(({ bits }) => bits)).toEqual([null, null, null]);
  });
});

test('some documents are cut, some have words out of place, some speak another language', () => {
  const clean = documentsOf({}, STORIES);
  const noisy = documentsOf({ noise: 1 }, STORIES);
  const words = (text: string) => text.split(' ').sort().join(' ');
  const kinds = noisy.map(({ text }, index) => {
    const was = clean[index]?.text ?? '';
    if (was.startsWith(text)) return 'cut';
    return words(text) === words(was) ? 'swapped' : 'mixed';
  });
  for (const kind of ['cut', 'swapped', 'mixed'])
    expect(kinds.filter((one) => one === kind).length).toBeGreaterThan(STORIES / 5);
});
