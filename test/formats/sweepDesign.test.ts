import { describe, expect, test } from 'vitest';
import type { ConfigError } from '../../src/formats/configError.ts';
import { parseSweepDesigns, parseSweepDesignsText } from '../../src/formats/sweepDesign.ts';
import { mergedFields, type SweepDesign } from '../../src/formats/sweepDesignFields.ts';

const design = {
  version: 1,
  name: 'grid',
  corpora: { target: 'world:sw', source: 'world:en' },
  recipe: { firstRatio: 0.1 },
  optimizer: { batch: 8, betas: [0.9, 0.98] },
  grid: {
    'recipe.targetTokens': [4097, 8193],
    'recipe.finalShare': [0.1, 0.2],
    model: [{ layers: 1, width: 32 }, { width: 48 }],
  },
  compute: [3.7e10],
  seeds: [0, 1],
  warmupSteps: 40,
  tags: { experiment: 'test', pair: ['sw', 'en'] },
} as const;

describe('a design', () => {
  test('is its own JSON, and is read back from it', () => {
    const [read] = parseSweepDesigns(design, 'd.json');
    expect(read).toEqual(design);
    expect(parseSweepDesignsText(JSON.stringify(read), 'd.json')).toEqual([design]);
  });

  test('may stand with others, each under its own name', () => {
    const list = { version: 1, name: 'both', designs: [design, { ...design, name: 'other' }] };
    expect(parseSweepDesigns(list, 'd.json').map(({ name }) => name)).toEqual(['grid', 'other']);
    expect(() => parseSweepDesigns({ ...list, designs: [design, design] }, 'd.json')).toThrow(
      'd.json: designs.1.name: another design is called "grid"',
    );
    const broken = { ...design, name: 'c', grid: { ...design.grid, model: [{ width: -1 }] } };
    expect(() => parseSweepDesigns({ ...list, designs: [design, broken] }, 'd.json')).toThrow(
      'd.json: designs.1.grid.model.0.width: -1 is less than 1',
    );
  });

  test('may be adaptive, in all designs of a file alike', () => {
    const adaptive = { runs: 8, law: 'm3', compute: 1e11 } as const;
    expect(parseSweepDesigns({ ...design, adaptive }, 'd.json')[0]?.adaptive).toEqual(adaptive);
    expect(parseSweepDesigns({ ...design, adaptive: { runs: 1 } }, 'd.json')).toHaveLength(1);
    const refused = (value: object, words: string | RegExp) =>
      expect(() => parseSweepDesigns({ ...design, adaptive: value }, 'd.json')).toThrow(words);
    refused({ runs: 0 }, 'd.json: adaptive.runs: 0 is less than 1');
    refused({ runs: 2.5 }, 'adaptive.runs: 2.5 is not a whole number');
    refused({ runs: 8, compute: 0 }, 'adaptive.compute: 0 is not above 0');
    refused({ runs: 8, law: 'chinchilla' }, /adaptive\.law: .*m3/);
    refused(
      { runs: 8, budget: 1 },
      /adaptive\.budget: there is no such field; the known fields are runs, law/,
    );
    refused({}, 'adaptive.runs: this field is missing');
    const list = (others: object) => ({
      version: 1,
      designs: [
        { ...design, adaptive },
        { ...design, name: 'other', ...others },
      ],
    });
    expect(parseSweepDesigns(list({ adaptive: { ...adaptive } }), 'd.json')).toHaveLength(2);
    for (const others of [{}, { adaptive: { runs: 8 } }]) {
      expect(() => parseSweepDesigns(list(others), 'd.json')).toThrow(
        /designs\.1\.adaptive: the first design/,
      );
    }
  });

  test('gives a run its own values over those of all; a section by the fields that are named, a tokenizer whole', () => {
    const fields = mergedFields(
      {
        version: 1,
        name: 'd',
        model: { layers: 2, width: 64 },
        tokenizer: { kind: 'bpe', vocabulary: 1024 },
      },
      { model: { width: 32 }, 'model.mlp': 88, tokenizer: { kind: 'bytes' }, 'recipe.ratio': 0.5, seed: 3 },
    );
    expect(fields).toEqual({
      model: { layers: 2, width: 32, mlp: 88 },
      tokenizer: { kind: 'bytes' },
      recipe: { ratio: 0.5 },
      seed: 3,
    });
  });

  test('need not name what its lists name, nor a length that follows from the compute', () => {
    const stages = [{ share: 1, ratio: 1 }];
    const few: SweepDesign = {
      version: 1,
      name: 'few',
      grid: { corpora: [{ target: 'world:sw' }], recipe: [{ targetTokens: 4097 }] },
    };
    expect(parseSweepDesigns(few, 'd.json')).toEqual([few]);
    const free = { ...few, grid: { ...few.grid, recipe: [{ targetTokens: 4097, stages }] }, compute: [1e9] };
    expect(parseSweepDesigns(free, 'd.json')).toEqual([free]);
    const { compute: _, ...unpaid } = free;
    expect(() => parseSweepDesigns(unpaid, 'd.json')).toThrow('recipe.tokens: this field is missing');
  });
});

describe('what is refused, at its field', () => {
  const grid = (changes: object) => ({ ...design, grid: { ...design.grid, ...changes } });
  test.each<[string, unknown, string, string]>([
    ['no object', 'text', '', '"text" is not an object in braces'],
    ['a list', [design], '', 'a list is not an object'],
    ['no name', { ...design, name: undefined }, 'name', 'missing'],
    ['a name with a slash', { ...design, name: 'a/b' }, 'name', 'slash'],
    ['an unknown field', { ...design, sedes: [1] }, 'sedes', 'did you mean seed?'],
    ['an unknown field of a section', { ...design, model: { widht: 8 } }, 'model.widht', 'width?'],
    ['a list for a section', { ...design, optimizer: [] }, 'optimizer', 'a list is not an object'],
    ['no target', { ...design, corpora: {} }, 'corpora.target', 'missing'],
    ['no D_T', { ...design, grid: {} }, 'recipe.targetTokens', 'missing'],
    ['a budget of nothing', { ...design, compute: [0] }, 'compute.0', '0 is not above 0'],
    ['no budget in the list', { ...design, compute: [] }, 'compute', 'empty list'],
    ['a seed that is none', { ...design, seeds: [0, 1.5] }, 'seeds.1', '1.5 is not a whole number'],
    ['a number for a list', grid({ 'model.mlp': 88 }), 'grid.model.mlp', '88 is not a list'],
    ['a list without values', grid({ 'model.mlp': [] }), 'grid.model.mlp', 'empty list'],
    ['an unknown list', grid({ 'recipe.ration': [1] }), 'grid.recipe.ration', 'did you mean recipe.ratio?'],
    ['a budget in the grid', grid({ compute: [1] }), 'grid.compute', 'stands beside the grid'],
    ['seeds twice', grid({ seed: [1] }), 'grid.seed', 'seeds is given too'],
    ['a field twice', grid({ 'model.width': [32] }), 'grid.model.width', 'grid.model sets this field too'],
    [
      'a value out of range',
      grid({ 'optimizer.learningRate': [1, 0] }),
      'grid.optimizer.learningRate.1',
      '0 is not above 0',
    ],
    [
      'a value of the wrong type',
      grid({ model: [{ width: '32' }] }),
      'grid.model.0.width',
      '"32" is not a number',
    ],
    ['a section that is a number', grid({ model: [{}, 8] }), 'grid.model.1', '8 is not an object'],
    ['a share of nothing', grid({ 'recipe.finalShare': [0.1, 0] }), 'grid.recipe.finalShare.1', 'above 0'],
    ['half a step', grid({ warmupSteps: [1.5] }), 'grid.warmupSteps.0', 'not a whole number'],
    [
      'a corpus that nobody knows',
      grid({ 'corpora.source': ['world:xx'] }),
      'grid.corpora.source.0',
      'is told in',
    ],
    ['r and s', { ...design, recipe: { ratio: 0.5 } }, 'grid.recipe.finalShare.0', 'recipe.ratio is given'],
    ['a warm-up twice', grid({ 'optimizer.warmup': [0.1] }), 'warmupSteps', 'optimizer.warmup is given'],
    [
      'a product without end',
      {
        ...design,
        grid: {
          'recipe.targetTokens': Array(1000).fill(4097),
          'optimizer.learningRate': Array(200).fill(1e-3),
        },
      },
      'grid',
      '400,000 combinations are more than',
    ],
  ])('%s', (_, json, field, words) => {
    let error: ConfigError | null = null;
    try {
      parseSweepDesigns(json, 'd.json');
    } catch (caught) {
      error = caught as ConfigError;
    }
    expect(error).toMatchObject({ name: 'ConfigError', file: 'd.json', field });
    expect(error?.message).toContain(words);
  });
});
