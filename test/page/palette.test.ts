/** The palette, as page.css has it: enough contrast to be read, and runs told apart by colour-blind eyes. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MOST_RECIPES } from '../../src/formats/share/settings.ts';
import { dashes, RUN_COLOURS } from '../../src/page/train/colours.ts';

/** WCAG 2.2, 1.4.11: graphics against what is beside them; 1.4.3: text. */
const GRAPHICS_CONTRAST = 3;
const TEXT_CONTRAST = 4.5;
/** Lab distance (CIE 1976) at which two thin lines are still seen as two colours; about ten just noticeable steps. */
const LEAST_DISTANCE = 20;

/** Full dichromacy on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.0. */
const EYES: Record<string, readonly (readonly [number, number, number])[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const SLOTS = Array.from({ length: MOST_RECIPES }, (_, index) => index + 1);

type Rgb = readonly [number, number, number];

const css = readFileSync(fileURLToPath(new URL('../../src/page/page.css', import.meta.url)), 'utf8');
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)');

function linear(source: string, name: string): Rgb {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(source)?.[1];
  if (!hex) throw new Error(`page.css has no --${name}`);
  return [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function seenBy(matrix: readonly (readonly number[])[], colour: Rgb): Rgb {
  const seen = matrix.map((line) => line.reduce((sum, weight, i) => sum + weight * (colour[i] ?? 0), 0));
  return seen.map((value) => Math.min(1, Math.max(0, value))) as unknown as Rgb;
}

/** CIE Lab under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const curve = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Rgb, b: Rgb) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

describe.each([
  ['light', lightCss],
  ['dark', darkCss],
])('the %s palette', (_, source) => {
  test.each(['ink', 'ink-soft', 'bad', 'warn', 'good', 'accent'])(
    '%s can be read on paper and sheet',
    (name) => {
      for (const ground of ['paper', 'sheet']) {
        expect(contrast(linear(source, name), linear(source, ground)), ground).toBeGreaterThanOrEqual(
          TEXT_CONTRAST,
        );
      }
    },
  );

  test.each([...SLOTS.map((slot) => `run-${slot}`), 'rule-strong', 'focus'])(
    '%s stands out from the sheet',
    (name) => {
      expect(contrast(linear(source, name), linear(source, 'sheet'))).toBeGreaterThanOrEqual(
        GRAPHICS_CONTRAST,
      );
    },
  );

  test.each(Object.keys(EYES))('runs are told apart by %s eyes', (eyes) => {
    const seen = SLOTS.map((slot) => lab(seenBy(EYES[eyes]!, linear(source, `run-${slot}`))));
    for (const [i, one] of seen.entries()) {
      for (const [j, other] of seen.slice(0, i).entries()) {
        expect(distance(one, other), `run-${i + 1} and run-${j + 1}`).toBeGreaterThanOrEqual(LEAST_DISTANCE);
      }
    }
  });
});

test('each run has dashes of its own', () => {
  expect(new Set(SLOTS.map((slot) => dashes(slot).join())).size).toBe(SLOTS.length);
});

test('files have the colours of the page', () => {
  const named = (source: string, slot: number) =>
    new RegExp(`--run-${slot}: (#[0-9a-f]{6});`).exec(source)?.[1];
  expect(RUN_COLOURS).toEqual(SLOTS.map((slot) => [named(lightCss, slot), named(darkCss, slot)]));
});
