/** The files of a figure: whether each is one of its kind, and all hold the same values. */

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { savedBy } from './downloads.ts';
import { button } from './page.ts';

/** A picture that is smaller is none of a figure. */
const LEAST_PX = 100;
/** Axes alone have colours of ink and paper, and what lies between them at edges; still more than an empty sheet. */
const LEAST_COLOURS = 3;

const DRAWINGS = [
  ['SVG', 'image/svg+xml'],
  ['PNG', 'image/png'],
] as const;

export type FigureFiles = {
  readonly name: string;
  /** Of the table, which CSV and JSON hold alike. */
  readonly rows: number;
  /** Whether it can be saved as a drawing. */
  readonly isDrawn: boolean;
};

/** Saves each figure as everything that it offers. */
export async function savedFigures(page: Page, figures: Locator): Promise<FigureFiles[]> {
  // Files are looked at where no policy of the lab's forbids what they bring along.
  const easel = await page.context().newPage();
  try {
    const saved: FigureFiles[] = [];
    for (const figure of await figures.all()) saved.push(await savedFigure(page, easel, figure));
    return saved;
  } finally {
    await easel.close();
  }
}

async function savedFigure(page: Page, easel: Page, figure: Locator): Promise<FigureFiles> {
  const name = (await figure.locator('figure').getAttribute('aria-label')) ?? '';
  const saved = async (kind: string) => {
    const { name: file, content } = await savedBy(page, () => button(figure, `${kind}: ${name}`).click());
    expect(file, name).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
    return content;
  };
  const csv = (await saved('CSV')).toString().trimEnd().split('\n');
  const json: unknown = JSON.parse((await saved('JSON')).toString());
  expect(json, `JSON of ${name}`).toBeInstanceOf(Array);
  const rows = json as Record<string, unknown>[];
  expect(csv, `CSV of ${name}`).toHaveLength(rows.length + 1);
  for (const row of rows) expect(Object.keys(row).length, `JSON of ${name}`).toBeGreaterThan(1);
  const isDrawn = (await button(figure, `SVG: ${name}`).count()) > 0;
  if (isDrawn) {
    // What lies far below the window is drawn when it comes nearer.
    await figure.locator('lab-plot').scrollIntoViewIfNeeded();
    await figure.locator('lab-plot svg').first().waitFor();
    for (const [kind, type] of DRAWINGS) {
      const seen = await looks(easel, await saved(kind), type);
      expect(Math.min(seen.width, seen.height), `${kind} of ${name}, px`).toBeGreaterThan(LEAST_PX);
      expect(seen.colours, `colours of the ${kind} of ${name}`).toBeGreaterThan(LEAST_COLOURS);
    }
  }
  return { name, rows: rows.length, isDrawn };
}

/** What a browser makes of a picture. Throws where it makes none of it. */
async function looks(
  easel: Page,
  picture: Buffer,
  type: string,
): Promise<{ width: number; height: number; colours: number }> {
  return easel.evaluate(
    async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      return { width, height, colours: new Set(new Uint32Array(pixels.buffer)).size };
    },
    `data:${type};base64,${picture.toString('base64')}`,
  );
}
