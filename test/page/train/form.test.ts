import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODEL_SIZES, PRESETS, presetOf } from '../../../src/formats/share/presets.ts';
import {
  type FleetSettings,
  type OwnField,
  recipeOf,
  type SharedField,
} from '../../../src/formats/share/settings.ts';
import { parameterTable } from '../../../src/model/llama/parameters.ts';
import type { FieldId } from '../../../src/page/train/form/fields.ts';
import { fleetsOf } from '../../../src/page/train/form/groups.ts';
import { epochMarks, ratesOf } from '../../../src/page/train/form/marks.ts';
import { readForm, tokenWish } from '../../../src/page/train/form/reading.ts';
import { slotsOf, valuesOf } from '../../../src/page/train/form/restore.ts';
import { modelScale } from '../../../src/page/train/form/scale.ts';
import { makePlan } from '../../../src/recipe/plan.ts';
import { facts } from '../facts.ts';

const TARGET_TOKENS = 400_000;
const SOURCE_TOKENS = 5_000_000;

const TEXTS = { target: facts('target', TARGET_TOKENS), source: facts('source', SOURCE_TOKENS) };
const RACE = presetOf('race-small').settings;

function changed(texts: Partial<Record<SharedField, string>>, form: FleetSettings = RACE): FleetSettings {
  return { ...form, text: { ...form.text, ...texts } };
}

/** The race with one recipe changed. */
function withRecipe(slot: number, change: Partial<FleetSettings['recipes'][number]>): FleetSettings {
  return {
    ...RACE,
    recipes: RACE.recipes.map((recipe) => (recipe.slot === slot ? { ...recipe, ...change } : recipe)),
  };
}

describe.each(PRESETS.map((preset) => [preset.name, preset.settings] as const))(
  'the preset %s',
  (_, settings) => {
    const reading = readForm(settings, TEXTS);

    test('can be trained as it stands', () => {
      expect([...reading.problems]).toEqual([]);
      expect(reading.configs?.map(({ name }) => name)).toEqual(settings.recipes.map(({ name }) => name));
    });

    test('says the steps and tokens that the plan will have', () => {
      for (const [index, config] of (reading.configs ?? []).entries()) {
        const plan = makePlan({
          recipe: config.recipe,
          batch: config.optimizer.batch,
          context: config.model.context,
          targetTokensAvailable: TARGET_TOKENS,
          sourceTokensAvailable: SOURCE_TOKENS,
          targetOffset: 0,
          sourceOffset: TARGET_TOKENS,
          seed: 1,
        });
        const derived = reading.derived.get(settings.recipes[index]?.slot ?? 0);
        expect(derived?.steps, config.name).toBe(plan.steps);
        expect(derived?.tokens, config.name).toBe(plan.steps * plan.batch * plan.context);
      }
    });

    test('comes back from its configs', () => {
      const slots = settings.recipes.map(({ slot }) => slot);
      const back = valuesOf(reading.configs ?? [], RACE, slots);
      const again = readForm(back, TEXTS);
      expect(again.configs).toEqual(reading.configs);
      expect(back.recipes.map(({ slot, name, kind }) => [slot, name, kind])).toEqual(
        settings.recipes.map(({ slot, name, kind }) => [slot, name, kind]),
      );
    });
  },
);

test('the parameter count is the one of the model itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODEL_SIZES),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 999 }),
      fc.boolean(),
      fc.constantFrom(257, 1024),
      (size, layers, mlp, tied, vocabulary) => {
        const table = parameterTable({ ...size, layers, mlp, tied, vocabulary });
        expect(modelScale({ ...size, layers, mlp, vocabulary })).toBe(table.counts.N);
      },
    ),
  );
  expect(modelScale({ layers: Number.NaN, width: 32, mlp: 96, vocabulary: 257 })).toBeNull();
});

test('a fleet that was saved comes back into the fields as it was typed', () => {
  const ratio = fc.double({ min: 0.05, max: 1, noNaN: true }).map((value) => Number(value.toPrecision(3)));
  fc.assert(
    fc.property(
      fc.integer({ min: 65, max: 100_000 }),
      fc.integer({ min: 50_000, max: 500_000 }),
      ratio,
      (targetTokens, tokens, r) => {
        const bilingual = recipeOf(2, 'Bilingual', 'bilingual', { ratio: String(r) });
        const form = changed(
          { targetTokens: String(targetTokens), tokens: String(tokens) },
          { ...RACE, recipes: [recipeOf(1, 'Monolingual', 'monolingual'), bilingual] },
        );
        const { configs } = readForm(form, TEXTS);
        if (!configs) throw new Error('the form should be whole');
        const back = valuesOf(configs, RACE);
        expect(back.text).toEqual(form.text);
        const [first, second] = back.recipes;
        expect(first?.kind).toBe('monolingual');
        // All of it target is monolingual, whatever it was called.
        if (r < 1) expect(second?.text.ratio).toBe(String(r));
        expect(second?.text.epochs).toBe('');
      },
    ),
  );
});

test('epochs, stages and numbers of one recipe alone are kept as typed', () => {
  const form = {
    ...RACE,
    recipes: [
      recipeOf(1, 'Three times', 'monolingual', { epochs: '3' }, { learningRate: '0.001', seed: '7' }),
      recipeOf(4, 'Own', 'stages', {}, { tokens: '32768' }),
      recipeOf(6, 'Wide', 'two-stage', {}, { width: '64' }),
    ],
  };
  const { configs, derived } = readForm(form, TEXTS);
  expect(derived.get(1)?.epochs).toBe(3);
  const back = valuesOf(configs ?? [], RACE, [1, 4, 6]);
  const bySlot = new Map(back.recipes.map((recipe) => [recipe.slot, recipe]));
  // What most recipes have is what they share.
  expect(bySlot.get(1)?.own).toMatchObject({ learningRate: '0.001', seed: '7' });
  expect(bySlot.get(4)?.stages).toEqual(form.recipes[1]?.stages);
  expect(bySlot.get(4)?.own.learningRate).toBeUndefined();
  expect(bySlot.get(6)?.own.width).toBe('64');
  expect(readForm(back, TEXTS).configs).toEqual(configs);
});

test('recipes of one model and batch train side by side, others after them', () => {
  const { configs } = readForm(withRecipe(2, { own: { learningRate: '0.001', seed: '3' } }), TEXTS);
  expect(fleetsOf(configs ?? [])).toEqual([RACE.recipes.map(({ name }) => name)]);
  const apart = readForm(withRecipe(2, { own: { width: '64' } }), TEXTS);
  expect(fleetsOf(apart.configs ?? [])).toEqual([
    ['Monolingual', 'Two-stage', 'Two-stage, mixed start'],
    ['Bilingual'],
  ]);
});

test('a BPE and what is left out come back into the fields, and into every config', () => {
  const form = changed({ vocabulary: '2048', sourceShare: '0.25' });
  const { configs, scale } = readForm({ ...form, tokenizer: 'bpe', dropNearDuplicates: true }, TEXTS);
  for (const { tokenizer, corpora } of configs ?? []) {
    expect(tokenizer).toEqual({ kind: 'bpe', vocabulary: 2048, sourceShare: 0.25 });
    expect(corpora).toEqual({
      target: 'file:target.txt',
      source: 'file:source.txt',
      nearDuplicates: 'drop',
    });
  }
  expect(configs).toHaveLength(4);
  const { width } = MODEL_SIZES[0]!;
  expect(scale! - readForm(form, TEXTS).scale!).toBe((2048 - 257) * width);
  expect(valuesOf(configs ?? [], RACE)).toMatchObject({
    tokenizer: 'bpe',
    dropNearDuplicates: true,
    text: { vocabulary: '2048', sourceShare: '0.25' },
  });
});

test('fields of a tokenizer that is not chosen are not asked for', () => {
  const form = changed({ vocabulary: 'x' });
  expect(readForm(form, TEXTS).problems.size).toBe(0);
  const refused = readForm({ ...form, tokenizer: 'bpe' }, TEXTS);
  expect([...refused.problems.keys()]).toEqual(['vocabulary']);
  expect(refused.configs).toBeNull();
  expect(tokenWish({ ...form, tokenizer: 'bpe' })).toBeNull();
  expect(tokenWish(form)).toEqual({ targetTokens: 4096, tokenizer: { kind: 'bytes' } });
});

test('without texts there is nothing to train yet, and no field is to blame', () => {
  const reading = readForm(RACE, { target: null, source: null });
  expect(reading.configs).toBeNull();
  expect(reading.draft).toHaveLength(4);
  expect(reading.problems.size).toBe(0);
  expect(reading.derived.get(3)?.stages).toHaveLength(2);
});

test.each<[SharedField, string, RegExp]>([
  ['targetTokens', '400,001', /has only 400,000 tokens/],
  ['targetTokens', 'NaN', /not a number/],
  ['width', '33', /not divisible/],
  ['learningRate', '-1', /above 0/],
  ['seed', '1.5', /whole number/],
  ['batch', '1000000000', /64\.0.G tokens.*65,536/],
  ['decay', '0.99', /more than the whole run/],
])('%s = %s is refused at that field', (field, text, reason) => {
  const { problems, configs } = readForm(changed({ [field]: text }), TEXTS);
  expect([...problems.keys()]).toEqual([field]);
  expect(problems.get(field)).toMatch(reason);
  expect(configs).toBeNull();
});

test.each<[FieldId, FleetSettings, RegExp]>([
  ['r1.epochs', withRecipe(1, { text: { ...recipeOf(1, '', 'monolingual').text, epochs: '0' } }), /above 0/],
  [
    'r3.finalRatio',
    withRecipe(3, { text: { ...recipeOf(3, '', 'two-stage').text, finalRatio: '0.2' } }),
    /less than the average/,
  ],
  [
    'r3.firstRatio',
    withRecipe(3, { text: { ...recipeOf(3, '', 'two-stage').text, firstRatio: '0.5' } }),
    /not less than the average/,
  ],
  ['r2.name', withRecipe(2, { name: ' Monolingual ' }), /Another recipe/],
  ['r2.name', withRecipe(2, { name: ' ' }), /name/],
  ['r2.learningRate', withRecipe(2, { own: { learningRate: 'x' } }), /not a number/],
  ['r2.batch', withRecipe(2, { own: { batch: '1000000000' } }), /Lower it/],
  ['r2.targetTokens', withRecipe(2, { own: { targetTokens: '400001' } }), /has only/],
  ['r2.stages', withRecipe(2, { kind: 'stages', stages: [{ share: '0.5', ratio: '1' }] }), /add up to 0.5/],
  ['r2.ratio0', withRecipe(2, { kind: 'stages', stages: [{ share: '1', ratio: '2' }] }), /1 or less/],
])('%s is refused at the recipe', (field, form, reason) => {
  const { problems, configs } = readForm(form, TEXTS);
  expect([...problems.keys()]).toEqual([field]);
  expect(problems.get(field)).toMatch(reason);
  expect(configs).toBeNull();
});

test('heads that do not fit a recipe’s own width are its own affair', () => {
  const { problems } = readForm(withRecipe(2, { own: { width: '33' } }), TEXTS);
  expect([...problems.keys()]).toEqual(['r2.width']);
});

test('word pieces are trained on the target tokens that all recipes share', () => {
  const form: FleetSettings = { ...withRecipe(2, { own: { targetTokens: '2048' } }), tokenizer: 'bpe' };
  expect([...readForm(form, TEXTS).problems.keys()]).toEqual(['r2.targetTokens']);
});

test('every own field has a rule and a place', () => {
  const own = Object.fromEntries((['seed', 'every', 'clip'] as OwnField[]).map((field) => [field, '1']));
  expect(readForm(withRecipe(1, { own }), TEXTS).configs).toHaveLength(4);
});

test('slots that a saved fleet says are kept where they make sense', () => {
  expect(slotsOf([0, 0], [2, 7])).toEqual([2, 7]);
  expect(slotsOf([0, 0], [2, 2])).toEqual([1, 2]);
  expect(slotsOf([0, 0], [2, null])).toEqual([1, 2]);
  expect(slotsOf([0, 0], [0, 9])).toEqual([1, 2]);
});

describe('the schedule strip', () => {
  const derived = (form: FleetSettings, slot: number) => {
    const found = readForm(form, TEXTS).derived.get(slot);
    if (!found) throw new Error('the recipe should be whole');
    return found;
  };

  test('marks where epochs end, in the stage where the target is read', () => {
    const mono = derived(withRecipe(1, { text: { ...recipeOf(1, '', 'monolingual').text, epochs: '4' } }), 1);
    expect(epochMarks(mono)).toEqual([expect.closeTo(0.25), expect.closeTo(0.5), expect.closeTo(0.75)]);
    const two = {
      ...recipeOf(3, '', 'two-stage').text,
      epochs: '2',
      ratio: '0.5',
      finalRatio: '1',
      firstRatio: '0',
    };
    // Source only for the first half; of the second, an epoch each quarter of the run.
    expect(epochMarks(derived(withRecipe(3, { text: two }), 3))).toEqual([expect.closeTo(0.75)]);
    expect(epochMarks({ ...mono, epochs: 1 })).toEqual([]);
    expect(epochMarks({ ...mono, epochs: 1000 })).toEqual([]);
  });

  test('draws the learning rate as it will be', () => {
    const schedule = {
      schedule: 'wsd',
      learningRate: 1,
      warmup: 0.1,
      decay: 0.3,
      finalLearningRate: 0,
    } as const;
    const rates = ratesOf(derived(RACE, 1), schedule);
    expect(Math.max(...rates.map(({ rate }) => rate))).toBe(1);
    expect(rates[0]?.rate).toBeLessThan(0.2);
    expect(rates.at(-1)?.rate).toBeCloseTo(0);
    expect(ratesOf(derived(RACE, 1), { ...schedule, decay: Number.NaN })).toEqual([]);
  });
});
