import { expect, test } from 'vitest';
import { parseSweepDesigns, parseSweepDesignsText } from '../../../src/formats/sweepDesign.ts';
import { designText } from '../../../src/page/sweep/design/designText.ts';
import { formOf, readDesignForm } from '../../../src/page/sweep/design/form.ts';
import { PRESETS } from '../../../src/page/sweep/design/presets.ts';

test.each(PRESETS)(
  'the preset “$title” is a design, and comes back from its fields as it was',
  ({ design }) => {
    expect(() => parseSweepDesigns(design, 'preset')).not.toThrow();
    const form = formOf(design);
    if (!form) throw new Error('fields cannot show it');
    const reading = readDesignForm(form);
    expect([...reading.problems]).toEqual([]);
    expect(parseSweepDesigns(reading.design, 'form')).toEqual(parseSweepDesigns(design, 'preset'));
    expect(parseSweepDesignsText(designText(design), 'text')).toEqual(parseSweepDesigns(design, 'preset'));
  },
);

const DESIGN = {
  version: 1,
  name: 'own',
  corpora: { target: 'world:id', source: 'world:en', nearDuplicates: 'drop' },
  tokenizer: { kind: 'bpe', vocabulary: 1024 },
  model: { layers: 2, width: 32, heads: 4, mlp: 100, context: 128 },
  recipe: { targetTokens: 4097 },
  optimizer: { learningRate: 0.01, weightDecay: 0 },
  grid: { 'recipe.ratio': [1, 0.5], 'optimizer.batch': [2, 4] },
  compute: [1e9],
  tags: { asked: 'by hand' },
};

test('what fields do not show stays as it is', () => {
  const form = formOf(DESIGN);
  expect(form?.text).toMatchObject({
    targetTokens: '4097',
    ratio: '1, 0.5',
    learningRate: '0.01',
    compute: '1e9',
  });
  // Heads and MLP are not what the field would make of 2×32.
  expect(form?.text.sizes).toBe('');
  expect(form && readDesignForm(form).design).toEqual(DESIGN);
});

test('one value goes to its section, several to the grid', () => {
  const form = formOf(DESIGN);
  if (!form) throw new Error('fields cannot show it');
  const { design } = readDesignForm({
    ...form,
    text: {
      ...form.text,
      ratio: '0.5',
      targetTokens: '4097, 8k',
      sizes: '2×16, 2×32',
      seeds: '1, 2',
      perRound: '8',
    },
  });
  expect(design).toMatchObject({
    recipe: { ratio: 0.5 },
    grid: { 'recipe.targetTokens': [4097, 8000], model: [{ width: 16 }, { width: 32 }] },
    seeds: [1, 2],
    adaptive: { runs: 8 },
  });
});

test('several designs in one, and lists of texts, are for the JSON', () => {
  expect(formOf({ version: 1, designs: [DESIGN] })).toBeNull();
  expect(formOf({ ...DESIGN, grid: { 'corpora.target': ['world:id', 'world:sw'] } })).toBeNull();
});

test('what is wrong is said at its field', () => {
  const form = formOf(DESIGN);
  if (!form) throw new Error('fields cannot show it');
  const problems = (changes: Readonly<Record<string, string>>) =>
    readDesignForm({ ...form, text: { ...form.text, ...changes } }).problems;
  expect(problems({ targetTokens: '' }).get('targetTokens')).toMatch(/At least one/);
  expect(problems({ compute: '' }).get('compute')).toMatch(/compute budget, or epochs/);
  expect(problems({ compute: '', epochs: '4' }).size).toBe(0);
  expect(problems({ finalShare: '0.5' }).get('finalShare')).toMatch(/leave one of them empty/);
  expect(problems({ ratio: '0' }).get('ratio')).toMatch(/above 0/);
  expect(problems({ name: 'a/b' }).get('name')).toMatch(/slash/);
  expect(problems({ target: ' ' }).has('target')).toBe(true);
  expect(problems({ perRound: '1, 2' }).get('perRound')).toMatch(/One number/);
});
