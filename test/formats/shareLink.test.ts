import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRESET_NAMES, presetOf } from '../../src/formats/share/presets.ts';
import { scaledSettings } from '../../src/formats/share/recommended.ts';
import {
  MOST_RECIPES,
  OWN_FIELDS,
  RECIPE_KINDS,
  recipeOf,
  type TrainSettings,
} from '../../src/formats/share/settings.ts';
import { readShare, shareQuery } from '../../src/formats/shareLink.ts';

const SOFTWARE = true;
const RACE = presetOf('race-small').settings;

function read(query: string, isSoftware = SOFTWARE) {
  const said = readShare(new URLSearchParams(query), isSoftware);
  if (!said) throw new Error('the link says nothing');
  return said;
}

test.each(PRESET_NAMES)('the preset %s is its name and no more', (name) => {
  const { settings } = presetOf(name);
  const query = shareQuery(settings, name);
  expect(query.toString()).toBe(`preset=${name}`);
  expect(read(query.toString())).toEqual({ preset: name, settings, start: false, problems: [] });
});

test('whatever is set comes back from any preset', () => {
  const number = fc
    .double({ min: 0.01, max: 1, noNaN: true })
    .map((value) => String(Number(value.toPrecision(4))));
  const count = fc.integer({ min: 1, max: 1_000_000 }).map(String);
  const name = fc.string({ minLength: 1, maxLength: 40 }).map((text) => text.trim() || 'x');
  const recipe = fc.record({
    kind: fc.constantFrom(...RECIPE_KINDS),
    name,
    epochs: fc.option(count, { nil: '' }),
    ratio: number,
    finalRatio: number,
    firstRatio: number,
    stages: fc.array(fc.record({ share: number, ratio: number }), { minLength: 1, maxLength: 6 }),
    own: fc.dictionary(fc.constantFrom('seed', 'tokens', 'layers'), count),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...PRESET_NAMES),
      fc.array(recipe, { maxLength: MOST_RECIPES }),
      count,
      number,
      fc.boolean(),
      fc.constantFrom('world:ja?bytes=5000', 'hf:a/b/c#text', null),
      (preset, wanted, tokens, learningRate, flag, target) => {
        const recipes = wanted.map(({ kind, name: called, own, stages, ...text }, index) => {
          const made = recipeOf(index + 1, `${called} ${index}`, kind);
          // A kind holds its own numbers and no others.
          const kept = { ...made.text };
          if (kind !== 'stages') kept.epochs = text.epochs;
          if (kind === 'bilingual' || kind === 'two-stage') kept.ratio = text.ratio;
          if (kind === 'two-stage')
            Object.assign(kept, { finalRatio: text.finalRatio, firstRatio: text.firstRatio });
          return { ...made, text: kept, own, ...(kind === 'stages' && { stages }) };
        });
        const settings: TrainSettings = {
          ...RACE,
          text: { ...RACE.text, tokens, learningRate },
          rewarm: flag,
          tied: !flag,
          tokenizer: flag ? 'bpe' : 'bytes',
          schedule: flag ? 'cosine' : 'wsd',
          texts: { target, source: RACE.texts.source },
          recipes,
        };
        const back = read(shareQuery(settings, preset).toString());
        expect(back.problems).toEqual([]);
        expect({ ...back.settings, recipes: back.settings.recipes.map(visible) }).toEqual({
          ...settings,
          recipes: settings.recipes.map(visible),
        });
      },
    ),
  );
});

/** What a recipe's kind shows of it: numbers that it does not have may be anything. */
function visible({ kind, text, stages, ...rest }: TrainSettings['recipes'][number]) {
  const { epochs, ratio, finalRatio, firstRatio } = text;
  if (kind === 'stages') return { ...rest, kind, stages };
  if (kind === 'monolingual') return { ...rest, kind, epochs };
  if (kind === 'bilingual') return { ...rest, kind, epochs, ratio };
  return { ...rest, kind, epochs, ratio, finalRatio, firstRatio };
}

test('only what differs is said, and thousands may have been grouped', () => {
  const query = shareQuery(
    { ...RACE, text: { ...RACE.text, targetTokens: '2,048', tokens: '65,536' } },
    'race-small',
  );
  expect(query.toString()).toBe('preset=race-small&targetTokens=2048');
});

test('a comma for decimals is no number, in a link as in the form', () => {
  const query = shareQuery({ ...RACE, text: { ...RACE.text, learningRate: '0,004' } }, 'race-large');
  expect(query.get('learningRate')).toBeNull();
});

test('a recipe that is gone is said to be, and the others keep their places', () => {
  const { recipes } = RACE;
  const query = shareQuery({ ...RACE, recipes: recipes.filter(({ slot }) => slot !== 2) }, 'race-small');
  expect(query.get('r2')).toBe('none');
  expect(read(query.toString()).settings.recipes.map(({ slot }) => slot)).toEqual([1, 3, 4]);
});

test('what stands in a field and is no number stays at home', () => {
  const query = shareQuery({ ...RACE, text: { ...RACE.text, width: 'wide' } }, 'race-small');
  expect(query.toString()).toBe('preset=race-small');
});

test('a file of one’s own is named as such and nothing else', () => {
  const query = shareQuery({ ...RACE, texts: { ...RACE.texts, target: null } }, 'race-small');
  expect(query.get('target')).toBe('own');
  expect(read(query.toString()).settings.texts.target).toBeNull();
});

describe('a link that was edited by hand', () => {
  test.each([
    ['width=wide', /width: “wide” is not a whole number/],
    ['width=1.5', /width/],
    ['learningRate=0', /above 0/],
    ['decay=2', /from 0 to 1/],
    ['schedule=linear', /wsd, cosine/],
    ['r2.ratio=2', /r2\.ratio/],
    ['r2.kind=three', /monolingual/],
    ['r2.name=', /empty/],
    ['target=file:secret.txt', /cannot carry/],
    ['target=world:xx', /told in/],
    ['rewarm=true', /yes or no/],
    ['targetTokns=5', /no setting “targetTokns”; did you mean targetTokens/],
    ['r9.ratio=1', /no setting “r9\.ratio”/],
    ['r7.ratio=0.5', /no setting|no kind/],
    ['r2.stages=a:b', /no setting|share:ratio/],
    ['preset=rce', /no preset “rce”; did you mean race/],
  ])('%s is refused in words, and the rest is taken', (wrong, words) => {
    const { settings, problems } = read(
      `preset=race-small&tokens=32768&${wrong}`.replace(/^preset=race-small&(.*preset=)/, '$1'),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(words);
    expect(settings.text.tokens).toBe('32768');
    expect(settings.recipes).toHaveLength(RACE.recipes.length);
  });

  test('takes no more recipes or letters than there may be', () => {
    const { problems } = read(`preset=race-small&r1.name=${'x'.repeat(5000)}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.length).toBeLessThan(200);
  });
});

test('the race is the one that suits the adapter', () => {
  expect(read('preset=race&start=1', true)).toMatchObject({ preset: 'race-small', start: true });
  expect(read('preset=race&start=1', false)).toMatchObject({ preset: 'race-large', start: true });
  expect(readShare(new URLSearchParams(), true)).toBeNull();
});

test('a number of its own that the preset gives a recipe can be taken away', () => {
  const preset = presetOf('classroom').settings;
  const recipes = preset.recipes.map((recipe) => ({ ...recipe, own: {} }));
  const query = shareQuery({ ...preset, recipes }, 'classroom');
  expect(query.get('r3.targetTokens')).toBe('');
  expect(read(query.toString()).settings.recipes.map(({ own }) => own)).toEqual([{}, {}, {}]);
});

test('every own field can be said', () => {
  for (const field of OWN_FIELDS) {
    const [first, ...others] = RACE.recipes;
    if (!first) throw new Error('the race has recipes');
    const query = shareQuery(
      { ...RACE, recipes: [{ ...first, own: { [field]: '1' } }, ...others] },
      'race-small',
    );
    expect(read(query.toString()).settings.recipes[0]?.own).toEqual({ [field]: '1' });
  }
});

describe('a recommended recipe', () => {
  const advice = { D_T: 1e6, C: 1e15, N: 2e6, k: 4, r: 0.2, r_f: 0.8 };

  test('is scaled down to what a laptop does, with its k, r and r_f', () => {
    const { settings, scaledBy } = scaledSettings(advice);
    expect(scaledBy).toBeGreaterThan(1);
    const [first, second] = settings.recipes;
    expect(first).toMatchObject({ kind: 'two-stage', text: { ratio: '0.2', finalRatio: '0.8' } });
    expect(second?.kind).toBe('monolingual');
    const [D, D_T] = [Number(settings.text.tokens), Number(settings.text.targetTokens)];
    expect((D * 0.2) / D_T).toBeCloseTo(4, 1);
  });

  test('makes a link that says it', () => {
    const { settings, preset } = scaledSettings({ ...advice, C: 1e11, N: 35_000, D_T: 8192 });
    const query = shareQuery(settings, preset);
    expect(read(query.toString()).problems).toEqual([]);
    expect(read(query.toString()).settings.recipes).toHaveLength(2);
  });

  test('of one language is monolingual', () => {
    const { settings } = scaledSettings({ ...advice, r: 1, r_f: 1 });
    expect(settings.recipes[0]?.kind).toBe('monolingual');
  });
});
