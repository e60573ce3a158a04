import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterTable } from '../../src/model/llama/parameters.ts';
import {
  beginning,
  type FieldId,
  type FormValues,
  MODEL_SIZES,
  RECIPE_KINDS,
} from '../../src/page/form/fields.ts';
import { readForm, tokenWish } from '../../src/page/form/reading.ts';
import { valuesOf } from '../../src/page/form/restore.ts';
import { modelScale } from '../../src/page/form/scale.ts';
import { makePlan } from '../../src/recipe/plan.ts';
import { facts } from './facts.ts';

const TARGET_TOKENS = 100_000;
const SOURCE_TOKENS = 500_000;

const TEXTS = { target: facts('target', TARGET_TOKENS), source: facts('source', SOURCE_TOKENS) };

function changed(texts: Partial<Record<FieldId, string>>): FormValues {
  const form = beginning(true);
  return { ...form, text: { ...form.text, ...texts } };
}

describe.each([true, false])('what the form begins with (software adapter: %s)', (software) => {
  const reading = readForm(beginning(software), TEXTS);

  test('can be trained as it stands', () => {
    expect([...reading.problems]).toEqual([]);
    expect(reading.configs?.map(({ name }) => name)).toEqual([...RECIPE_KINDS]);
  });

  test('says the steps and tokens that the plan will have', () => {
    for (const config of reading.configs ?? []) {
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
      const derived = reading.derived[config.name as (typeof RECIPE_KINDS)[number]];
      expect(derived?.steps, config.name).toBe(plan.steps);
      expect(derived?.tokens, config.name).toBe(plan.steps * plan.batch * plan.context);
      expect(derived?.tokens, config.name).toBe(Number(beginning(software).text.tokens));
    }
  });
});

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
      fc.integer({ min: 65, max: TARGET_TOKENS }),
      fc.integer({ min: 50_000, max: 500_000 }),
      ratio,
      (targetTokens, tokens, r) => {
        const form = changed({
          targetTokens: String(targetTokens),
          tokens: String(tokens),
          'bilingual.ratio': String(r),
        });
        const { configs } = readForm(form, TEXTS);
        if (!configs) throw new Error('the form should be whole');
        const back = valuesOf(configs, beginning(false));
        expect(back.included).toEqual(form.included);
        const ignored = ['bilingual.finalRatio'];
        for (const field of Object.keys(form.text) as FieldId[]) {
          if (!ignored.includes(field)) expect(back.text[field], field).toBe(form.text[field]);
        }
      },
    ),
  );
});

test('epochs of one recipe alone are kept as typed', () => {
  const { configs, derived } = readForm(changed({ 'monolingual.epochs': '3' }), TEXTS);
  expect(derived.monolingual?.epochs).toBe(3);
  const back = valuesOf(configs ?? [], beginning(true));
  expect(back.text['monolingual.epochs']).toBe('3');
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
  expect(configs).toHaveLength(3);
  const { width } = MODEL_SIZES[0]!;
  expect(scale! - readForm(form, TEXTS).scale!).toBe((2048 - 257) * width);
  expect(valuesOf(configs ?? [], beginning(true))).toMatchObject({
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
  expect(tokenWish(form)).toEqual({ targetTokens: 8192, tokenizer: { kind: 'bytes' } });
});

test('a recipe that is not ticked asks for nothing', () => {
  const form = changed({ 'two-stage.finalRatio': 'x' });
  const reading = readForm({ ...form, included: { ...form.included, 'two-stage': false } }, TEXTS);
  expect(reading.problems.size).toBe(0);
  expect(reading.configs?.map(({ name }) => name)).toEqual(['monolingual', 'bilingual']);
});

test('without texts there is nothing to train, and no field is to blame', () => {
  const reading = readForm(beginning(true), { target: null, source: null });
  expect(reading.configs).toBeNull();
  expect(reading.problems.size).toBe(0);
  expect(reading.derived['two-stage']?.stages).toHaveLength(2);
});

test.each<[FieldId, string, RegExp]>([
  ['targetTokens', '100,001', /has only 100,000 tokens/],
  ['targetTokens', 'NaN', /not a number/],
  ['monolingual.epochs', '0', /above 0/],
  ['two-stage.finalRatio', '0.2', /less than the average ratio/],
  ['two-stage.firstRatio', '0.5', /not less than the average ratio/],
  ['width', '33', /not divisible/],
  ['learningRate', '-1', /above 0/],
  ['seed', '1.5', /whole number/],
  ['batch', '1000000000', /64\.0.G tokens.*65,536/],
])('%s = %s is refused at that field', (field, text, reason) => {
  const { problems, configs } = readForm(changed({ [field]: text }), TEXTS);
  expect([...problems.keys()]).toEqual([field]);
  expect(problems.get(field)).toMatch(reason);
  expect(configs).toBeNull();
});
