/** What cannot be is refused where it was typed or picked, in words; the page stays accessible while it says so. */

import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { untilOpen, useLab } from './lab.ts';
import { axeFindings, button, sidewaysScroll, THEMES, WIDTHS_PX } from './page.ts';
import { file, textFile } from './texts.ts';
import {
  card,
  field,
  fill,
  keepThree,
  pick,
  RUNS,
  recipe,
  recipeField,
  TINY_PLAN,
  untilRead,
} from './train.ts';

const HEIGHT_PX = 900;
/** Widths are fractions of a pixel apart where a remainder is shared out: equal to the half pixel. */
const PIXEL_DIGITS = 0;
/** The cards' padding is 14 px; a little of it may go to an outline. */
const LEAST_ROOM_PX = 8;

const lab = useLab();
let page: Page;

beforeEach(async () => {
  await page?.context().close();
  // A context of its own, so that no test finds the texts of another.
  page = await lab.visit({ at: 'train' });
  await untilOpen(page);
  await keepThree(page);
});

async function pickGoodTexts(): Promise<void> {
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', 12_000));
  await pick(page, 'Source text', await textFile('en', 'rich.txt', 20_000));
  await untilRead(page, 2);
  await fill(page, TINY_PLAN);
  await expect.poll(() => button(page, 'Train').isEnabled()).toBe(true);
}

test('a binary file and an empty one are refused at their card, by name', async () => {
  await pick(page, 'Target text', file('picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2)));
  await page.getByText(/picture\.png.*(binary|not text|NUL)/i).waitFor();
  await pick(page, 'Source text', file('nothing.txt', ''));
  await page.getByText(/nothing\.txt.*is empty/i).waitFor();
  expect(await button(page, 'Train').isDisabled()).toBe(true);
  expect(await axeFindings(page)).toEqual([]);
});

test('a text that is not UTF-8 is refused with the place of the byte', async () => {
  await pick(page, 'Target text', file('latin1.txt', Buffer.from('gr\xfc\xdfe\nzwei\n', 'latin1')));
  await page.getByText(/latin1\.txt.*byte 2/i).waitFor();
});

test('a text shorter than one window is refused at its card', async () => {
  await pick(page, 'Target text', file('short.txt', 'moja\nmbili\n'));
  await pick(page, 'Source text', await textFile('en', 'rich.txt', 20_000));
  await untilRead(page, 2);
  await fill(page, { ...TINY_PLAN, 'Target tokens': '5' });
  await page.getByText(/short\.txt holds .* less than one window of 33/).waitFor();
  expect(await button(page, 'Train').isDisabled()).toBe(true);
});

/** A field, what is typed there, and what must then stand below it. */
const REFUSED: readonly [title: string, typed: { recipe?: string; label: string; text: string }, RegExp][] = [
  ['more target tokens than the text has', { label: 'Target tokens', text: '1000000' }, /has only .* tokens/],
  [
    'a final ratio below the ratio',
    { recipe: 'Two-stage', label: 'Final ratio', text: '0.3' },
    /less than the average ratio/,
  ],
  ['no epochs', { recipe: 'Monolingual', label: 'Epochs', text: '0' }, /above 0/],
  ['NaN', { label: 'Learning rate', text: 'NaN' }, /not a number/],
  ['a decimal comma', { recipe: 'Bilingual', label: 'Ratio', text: '0,5' }, /Use a point/],
  ['a width that its heads cannot share', { label: 'Width', text: '33' }, /not divisible by 2 heads/],
  ['heads of a size that no kernel has', { label: 'Heads', text: '4' }, /16, 32 or 64/],
  ['a step larger than a run', { label: 'Batch', text: '1000000000' }, /batch × context/],
  ['a context that is no multiple of 16', { label: 'Context', text: '40' }, /multiple of 16/],
];

test('what cannot be trained is refused at its field', async () => {
  await pickGoodTexts();
  for (const [title, { recipe, label, text }, reason] of REFUSED) {
    const input = recipe ? recipeField(page, recipe, label) : field(page, label);
    const good = await input.inputValue();
    await input.fill(text);
    await expect.poll(() => input.getAttribute('aria-invalid'), { message: title }).toBe('true');
    const described = await input.getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent(), title).toMatch(reason);
    expect(await button(page, 'Train').isDisabled(), title).toBe(true);
    await input.fill(good);
    await expect.poll(() => button(page, 'Train').isEnabled(), { message: `${title}, mended` }).toBe(true);
  }
});

test('what has to be mended is named beside Train, and found from there', async () => {
  await pickGoodTexts();
  const input = recipeField(page, 'Two-stage', 'Final ratio');
  await input.fill('0.3');
  await page.getByLabel('Tokens per run').focus();
  await button(page, 'Final ratio of Two-stage').click();
  expect(await input.evaluate((element) => element.matches(':focus'))).toBe(true);
});

test('the cards are of one width, hold what is in them, and have their pictures one below the other', async () => {
  await pickGoodTexts();
  await recipeField(page, 'Two-stage', 'Final ratio').fill('0.3');
  for (const width of WIDTHS_PX.filter((each) => each >= 820)) {
    await page.setViewportSize({ width, height: HEIGHT_PX });
    const cards = await Promise.all(
      RUNS.map((name) =>
        recipe(page, name).evaluate((card) => {
          const box = card.getBoundingClientRect();
          const edges = [...card.querySelectorAll('input, select, button, .swatch, dt, dd, .picture')].map(
            (inside) => inside.getBoundingClientRect().right,
          );
          const lefts = [...card.querySelectorAll('.picture')].map((one) => one.getBoundingClientRect().left);
          return { width: box.width, room: box.right - Math.max(...edges), lefts };
        }),
      ),
    );
    const [first] = cards;
    for (const card of cards) {
      expect(card.width, `${width} px`).toBeCloseTo(first?.width ?? 0, PIXEL_DIGITS);
      expect(card.room, `${width} px`).toBeGreaterThan(LEAST_ROOM_PX);
      expect(card.lefts, `${width} px`).toEqual(first?.lefts);
    }
  }
});

test('what the symbols mean can be unfolded by keyboard', async () => {
  const summary = page.getByText('What these mean');
  await summary.focus();
  await page.keyboard.press('Enter');
  await page.getByText('How often a run reads its target tokens').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test('axe finds nothing and nothing scrolls sideways, at any width, light and dark, with a field refused', async () => {
  await pickGoodTexts();
  await recipeField(page, 'Two-stage', 'Final ratio').fill('0.3');
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: HEIGHT_PX });
    expect(await sidewaysScroll(page), `${width} px`).toBe(0);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), `${width} px, ${colorScheme}`).toEqual([]);
    }
  }
});

/** Corpora in which nothing can be learned, or nothing measured: what each is refused for. */
const TOO_LITTLE: readonly [name: string, content: string, reason: RegExp][] = [
  [
    'thirty.txt',
    'Maji ni uhai. Maji ni uhai....',
    /thirty\.txt: there is one document only, so none can be kept back/,
  ],
  ['letter.txt', 'a', /letter\.txt: there is one document only, so none can be kept back/],
  ['blank.txt', '\n\n\n\n', /blank\.txt: there is no text in it, only blank lines/],
];

test('a corpus of 30 bytes, one of a single letter, and one of blank lines are refused with the reason', async () => {
  // Two good texts first, so that nothing else keeps Train from starting.
  await pickGoodTexts();
  for (const [name, content, reason] of TOO_LITTLE) {
    await pick(page, 'Target text', file(name, content));
    await card(page, 'Target text').getByText(reason).waitFor();
    expect(await button(page, 'Train').isDisabled(), name).toBe(true);
  }
  expect(await axeFindings(page)).toEqual([]);
  await pick(page, 'Target text', await textFile('sw', 'poor.txt', 12_000));
  await expect.poll(() => button(page, 'Train').isEnabled(), { message: 'good again' }).toBe(true);
});
