import { describe, expect, test } from 'vitest';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import { kernelChoices } from '../../src/model/program/chooseTuning.ts';
import { stepShape } from '../../src/model/program/sizes.ts';
import { suits, tuningOf } from '../../src/model/program/tuning.ts';
import { TINY } from './tiny.ts';

const SHAPE = stepShape(parameterTable(TINY), 1, 4);
const DEVICE = { subgroups: true };
const SOFTWARE = { software: true, vendor: 'google', subgroups: true };

/** Choices for every kernel of the shape, with `wanted` where it fits. */
function choices(wanted: string, gradientSlices = 2) {
  const variants = kernelChoices(SHAPE, gradientSlices).map(
    (choice) => [choice.name, choice.fits(wanted, DEVICE) ? wanted : choice.fixed(SOFTWARE)] as const,
  );
  return { gradientSlices, variants: Object.fromEntries(variants) };
}

describe('the form of choices', () => {
  test('is read back as it was written', () => {
    const tuning = choices('quads 8×16');
    expect(tuningOf(JSON.parse(JSON.stringify(tuning)))).toEqual(tuning);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a word', 'fast'],
    ['the form of an earlier engine', { tileRows: 8, gradientSlices: 2 }],
    ['no slices', { variants: {} }],
    ['half a slice', { gradientSlices: 0.5, variants: {} }],
    ['a variant that is no name', { gradientSlices: 2, variants: { other: 8 } }],
  ])('is not that of %s', (_, value) => {
    expect(tuningOf(value)).toBeNull();
  });
});

describe('choices suit a shape and a device', () => {
  test.each(['registers 8×8', 'quads 4×16', 'slabs 64×64', 'strips of 4', '16 a row'])('in %s', (wanted) => {
    expect(Object.values(choices(wanted).variants)).toContain(wanted);
    expect(suits(choices(wanted), SHAPE, DEVICE)).toBe(true);
  });

  test('where none is missing: of another batch, another model or no model at all they do not', () => {
    const tuning = choices('registers 8×8');
    expect(suits(tuning, stepShape(parameterTable(TINY), 1, 2), DEVICE)).toBe(false);
    expect(suits(tuning, stepShape(parameterTable({ ...TINY, mlp: 64 }), 1, 4), DEVICE)).toBe(false);
    expect(suits({ gradientSlices: 2, variants: {} }, SHAPE, DEVICE)).toBe(false);
  });

  test('where each is of its kernel, and fits it', () => {
    const tuning = choices('registers 8×8');
    const put = (kernel: RegExp, variant: string) => {
      const [name] = Object.keys(tuning.variants).filter((one) => kernel.test(one));
      return { ...tuning, variants: { ...tuning.variants, [name!]: variant } };
    };
    expect(suits(put(/^forward/, 'registers 4×8'), SHAPE, DEVICE)).toBe(true);
    expect(suits(put(/^forward/, 'strips of 2'), SHAPE, DEVICE)).toBe(false);
    expect(suits(put(/^attention/, 'registers 4×8'), SHAPE, DEVICE)).toBe(false);
    expect(suits(put(/^norm/, '3 a row'), SHAPE, DEVICE)).toBe(false);
    expect(suits(put(/^forward/, 'hexagons 5×5'), SHAPE, DEVICE)).toBe(false);
    // 48 outputs cannot be given to quads of 8 rows each.
    expect(suits(put(/^weight gradient 64×\d+→48/, 'quads 8×16'), SHAPE, DEVICE)).toBe(false);
  });

  test('where slices part the rows evenly', () => {
    expect(suits(choices('registers 8×8', 3), SHAPE, DEVICE)).toBe(false);
  });

  test('with subgroups, where neighbours share what they read', () => {
    expect(suits(choices('quads 4×16'), SHAPE, { subgroups: false })).toBe(false);
    expect(suits(choices('registers 8×8'), SHAPE, { subgroups: false })).toBe(true);
  });
});
