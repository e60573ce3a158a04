import { expect, test } from 'vitest';
import { STRIPS } from '../../src/gpu/kernels/attention.ts';
import { TILES, tileName } from '../../src/gpu/kernels/tile.ts';
import { stripName } from '../../src/gpu/tuning/attentionChoice.ts';
import { knownTuning } from '../../src/model/program/tuning.ts';

const TUNING = {
  gradientSlices: 2,
  variants: Object.fromEntries(TILES.map((tile, i) => [`class ${i}`, tileName(tile)])),
};

test('choices with variants that there are can be repeated', () => {
  expect(knownTuning(JSON.parse(JSON.stringify(TUNING)))).toEqual(TUNING);
  const strips = {
    gradientSlices: 2,
    variants: Object.fromEntries(STRIPS.map((strip) => [`${strip}`, stripName(strip)])),
  };
  expect(knownTuning(strips)).toEqual(strips);
  expect(knownTuning({ gradientSlices: 1, variants: {} })).toEqual({ gradientSlices: 1, variants: {} });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a word', 'fast'],
  ['the form of an earlier engine', { tileRows: 8, gradientSlices: 2 }],
  ['no slices', { variants: {} }],
  ['half a slice', { gradientSlices: 0.5, variants: {} }],
  ['a tile that there is not', { ...TUNING, variants: { ...TUNING.variants, other: 'hexagons 5×5' } }],
  ['a tile that is no name', { ...TUNING, variants: { other: 8 } }],
])('%s cannot', (_, value) => {
  expect(knownTuning(value)).toBeNull();
});

test('tiles that share loads need a device with subgroups', () => {
  const quads = { gradientSlices: 2, variants: { any: 'quads 8×16' } };
  expect(knownTuning(quads, { subgroups: true })).toEqual(quads);
  expect(knownTuning(quads, { subgroups: false })).toBeNull();
});
