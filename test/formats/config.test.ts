import { describe, expect, test } from 'vitest';
import {
  parseTrainConfig,
  parseTrainConfigText,
  recordConfig,
  runId,
  type TrainConfig,
} from '../../src/formats/config.ts';
import { TRAIN_CONFIG_DEFAULTS } from '../../src/formats/configSchema.ts';

const minimal = { version: 1, corpora: { target: 'file:data/sw.txt' }, recipe: { targetTokens: 65_536 } };

function parse(change: object = {}): TrainConfig {
  return parseTrainConfig({ ...minimal, ...change }, 'c.json');
}

function problemOf(json: unknown): { field: string; message: string } {
  try {
    parseTrainConfig(json, 'c.json');
  } catch (error) {
    return error as { field: string; message: string };
  }
  throw new Error('the config was accepted');
}

describe('defaults', () => {
  test('fill what is not said', () => {
    expect(parse()).toEqual({
      version: 1,
      name: 'run',
      corpora: { target: 'file:data/sw.txt', source: null },
      tokenizer: { kind: 'bytes' },
      model: TRAIN_CONFIG_DEFAULTS.model,
      recipe: { targetTokens: 65_536, epochs: 1, ratio: 1, finalRatio: 1, firstRatio: 0 },
      optimizer: TRAIN_CONFIG_DEFAULTS.optimizer,
      // 65,536 tokens in steps of 8 windows of 64: 128 steps, of which a twentieth is 6.4.
      evaluation: { every: 6, windows: 64 },
      seed: 0,
    });
  });

  test('leave what is said', () => {
    const config = parse({
      name: 'mine',
      model: { width: 32, heads: 2 },
      optimizer: { schedule: 'cosine', betas: [0.8, 0.9] },
      evaluation: { every: 7 },
      seed: 9,
    });
    expect(config).toMatchObject({
      name: 'mine',
      model: { width: 32, heads: 2, layers: 2 },
      optimizer: { schedule: 'cosine', betas: [0.8, 0.9], batch: 8 },
      evaluation: { every: 7, windows: 64 },
      seed: 9,
    });
  });

  test('are a fixed point: a parsed config parses to itself', () => {
    const config = parse({ recipe: { targetTokens: 1000, epochs: 2.5, ratio: 0.5 } });
    expect(config.recipe).toMatchObject({ finalRatio: 0.5 });
    expect(parseTrainConfig(JSON.parse(JSON.stringify(config)), 'again')).toEqual(config);
  });

  test('a recipe may be a list of stages', () => {
    const recipe = { targetTokens: 1000, tokens: 819_200, stages: [{ share: 1, ratio: 0.5 }] };
    expect(parse({ recipe })).toMatchObject({ recipe, evaluation: { every: 80 } });
  });

  test('a recipe that cannot be does not stand in the way of its own error', () => {
    expect(parse({ recipe: { targetTokens: 1000, ratio: 0 } }).evaluation.every).toBe(1);
  });
});

describe('tokenizers', () => {
  test.each([
    [{ kind: 'bytes' }, { kind: 'bytes' }],
    [
      { kind: 'bpe', vocabulary: 4096 },
      { kind: 'bpe', vocabulary: 4096, sourceShare: 0.5 },
    ],
    [
      { kind: 'bpe', vocabulary: 512, sourceShare: 0 },
      { kind: 'bpe', vocabulary: 512, sourceShare: 0 },
    ],
    [
      { kind: 'file', path: '../gpt2/tokenizer.json' },
      { kind: 'file', path: '../gpt2/tokenizer.json' },
    ],
  ])('%o', (given, parsed) => expect(parse({ tokenizer: given }).tokenizer).toEqual(parsed));
});

describe('the preparation of texts', () => {
  const { corpora } = minimal;
  test('is kept where it is said, and unsaid where it is the default', () => {
    expect(parse({ corpora: { ...corpora, parallel: true, nearDuplicates: 'drop' } }).corpora).toEqual({
      ...corpora,
      source: null,
      parallel: true,
      nearDuplicates: 'drop',
    });
    const said = parse({ corpora: { ...corpora, parallel: false, nearDuplicates: 'report' } });
    expect(said).toEqual(parse());
  });

  test('is part of what a run is', () => {
    const idOf = (config: TrainConfig) =>
      runId(recordConfig(config, { target: 'ab'.repeat(32), source: null }));
    // Shipped records carry ids: the id of a config that says nothing of it must stay.
    expect(idOf(parse())).toBe('ae3a94583e9f');
    const ids = [{}, { parallel: true }, { nearDuplicates: 'drop' }].map((more) =>
      idOf(parse({ corpora: { ...corpora, ...more } })),
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe('what is refused', () => {
  const { recipe } = minimal;
  test.each<[string, unknown, string, RegExp]>([
    ['no object', [], '', /c\.json: a list is not an object/],
    ['no object either', 'text', '', /"text" is not an object/],
    ['a list for a section', { ...minimal, model: [] }, 'model', /a list is not an object/],
    ['an unknown field', { ...minimal, sede: 1 }, 'sede', /no such field; did you mean seed\?/],
    [
      'an unknown field in a section',
      { ...minimal, optimizer: { learning_rate: 1 } },
      'optimizer.learning_rate',
      /learningRate\?/,
    ],
    [
      'a field far from all',
      { ...minimal, model: { dropoutProbability: 1 } },
      'model.dropoutProbability',
      /known fields are layers/,
    ],
    [
      'an unknown field of a stage',
      { ...minimal, recipe: { targetTokens: 1, tokens: 1, stages: [{ share: 1, ratoi: 1 }] } },
      'recipe.stages.0.ratoi',
      /ratio\?/,
    ],
    [
      'both forms of a recipe',
      { ...minimal, recipe: { ...recipe, tokens: 5, stages: [], epochs: 1 } },
      'recipe.epochs',
      /no such field/,
    ],
    [
      'NaN',
      { ...minimal, optimizer: { learningRate: Number.NaN } },
      'optimizer.learningRate',
      /NaN is not a number/,
    ],
    [
      'infinity',
      { ...minimal, recipe: { targetTokens: Infinity } },
      'recipe.targetTokens',
      /Infinity is not a finite/,
    ],
    [
      'a number in quotes',
      { ...minimal, recipe: { targetTokens: '65536' } },
      'recipe.targetTokens',
      /"65536" is not a number/,
    ],
    ['a missing field', { version: 1, recipe }, 'corpora', /missing/],
    ['a missing number', { ...minimal, recipe: {} }, 'recipe.targetTokens', /missing/],
    ['another version', { ...minimal, version: 2 }, 'version', /2 is not 1/],
    [
      'another scheme',
      { ...minimal, corpora: { target: 'ftp://x' } },
      'corpora.target',
      /"ftp:\/\/x" is not the spec.*file:PATH/,
    ],
    [
      'a language that the world is not told in',
      { ...minimal, corpora: { target: 'world:de' } },
      'corpora.target',
      /the world is told in en, id, sw, ja/,
    ],
    [
      'another wish for near-duplicates',
      { ...minimal, corpora: { ...minimal.corpora, nearDuplicates: 'keep' } },
      'corpora.nearDuplicates',
      /"keep" is not "report" or "drop" or "ignore"/,
    ],
    [
      'parallel as a word',
      { ...minimal, corpora: { ...minimal.corpora, parallel: 'yes' } },
      'corpora.parallel',
      /"yes" is not true or false/,
    ],
    ['a file without path', { ...minimal, corpora: { target: 'file:' } }, 'corpora.target', /file:PATH/],
    [
      'a width that heads do not divide',
      { ...minimal, model: { width: 60, heads: 8 } },
      'model.width',
      /60 is not divisible by 8 heads/,
    ],
    ['half a layer', { ...minimal, model: { layers: 1.5 } }, 'model.layers', /1\.5 is not a whole/],
    ['a batch of zero', { ...minimal, optimizer: { batch: 0 } }, 'optimizer.batch', /0 is less than 1/],
    [
      'another schedule',
      { ...minimal, optimizer: { schedule: 'linear' } },
      'optimizer.schedule',
      /"linear" is not "cosine" or "wsd"/,
    ],
    ['a share above one', { ...minimal, optimizer: { warmup: 2 } }, 'optimizer.warmup', /2 is more than 1/],
    [
      'warm-up and decay above the run',
      { ...minimal, optimizer: { warmup: 0.8 } },
      'optimizer.decay',
      /0\.3.*0\.8/,
    ],
    ['a beta of one', { ...minimal, optimizer: { betas: [0.9, 1] } }, 'optimizer.betas.1', /1 is not/],
    [
      'three betas',
      { ...minimal, optimizer: { betas: [0.9, 0.9, 0.9] } },
      'optimizer.betas.2',
      /no such|not/,
    ],
    [
      'another tokenizer',
      { ...minimal, tokenizer: { kind: 'words' } },
      'tokenizer.kind',
      /"words" is not "bytes" or "bpe" or "file"/,
    ],
    ['a tokenizer without a kind', { ...minimal, tokenizer: {} }, 'tokenizer.kind', /missing/],
    [
      'a BPE without a vocabulary',
      { ...minimal, tokenizer: { kind: 'bpe' } },
      'tokenizer.vocabulary',
      /missing/,
    ],
    [
      'a vocabulary that is too small',
      { ...minimal, tokenizer: { kind: 'bpe', vocabulary: 300 } },
      'tokenizer.vocabulary',
      /300 is less than 512; give a whole number from 512 to 32768/,
    ],
    [
      'a vocabulary that is too large',
      { ...minimal, tokenizer: { kind: 'bpe', vocabulary: 65_536 } },
      'tokenizer.vocabulary',
      /65536 is more than 32768/,
    ],
    [
      'a field of another kind of tokenizer',
      { ...minimal, tokenizer: { kind: 'bytes', vocabulary: 512 } },
      'tokenizer.vocabulary',
      /there is no such field here; it does not go with the others that are given/,
    ],
    [
      'an unknown field of a tokenizer',
      { ...minimal, tokenizer: { kind: 'bpe', vocabulary: 512, sourceshare: 1 } },
      'tokenizer.sourceshare',
      /did you mean sourceShare\?/,
    ],
    [
      'a file without path',
      { ...minimal, tokenizer: { kind: 'file', path: '' } },
      'tokenizer.path',
      /is empty/,
    ],
    [
      'a fingerprint that is none',
      { ...minimal, tokenizer: { kind: 'file', path: 'a.json', fingerprint: 'ab' } },
      'tokenizer.fingerprint',
      /not 64 hexadecimal digits/,
    ],
    ['a negative seed', { ...minimal, seed: -1 }, 'seed', /-1 is less than 0/],
    [
      'a seed of more than 32 bits',
      { ...minimal, seed: 2 ** 32 },
      'seed',
      /4294967296 is more than 4294967295; give a whole number from 0 to 4294967295/,
    ],
    ['no evaluation windows', { ...minimal, evaluation: { windows: 0 } }, 'evaluation.windows', /0/],
  ])('%s', (_, json, field, message) => {
    const error = problemOf(json);
    expect(error).toMatchObject({ name: 'ConfigError', file: 'c.json', field });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith('c.json: ')).toBe(true);
  });

  test('text that is not JSON, by line', () => {
    expect(() => parseTrainConfigText('{\n"seed": NaN}', 'c.json')).toThrow(
      'c.json, line 2, column 9: seed: NaN',
    );
  });
});

describe('a recorded config', () => {
  const sha = 'ab'.repeat(32);
  const config = parse({
    corpora: {
      target: 'file:/home/me/texts/sw.txt',
      source: 'file:C:\\texts\\en.txt',
      targetValidation: 'file:held/out.txt',
    },
  });
  const recorded = recordConfig(config, { target: sha, source: sha, targetValidation: sha });

  test('names files by name and hash, never by path', () => {
    expect(recorded.corpora).toEqual({
      target: `file:sw.txt#sha256=${sha}`,
      source: `file:en.txt#sha256=${sha}`,
      targetValidation: `file:out.txt#sha256=${sha}`,
    });
    expect(JSON.stringify(recorded)).not.toMatch(/home|texts|held/);
  });

  test('names the file of a tokenizer by name and fingerprint', () => {
    const withFile = parse({ tokenizer: { kind: 'file', path: '/home/me/gpt2/tokenizer.json' } });
    const once = recordConfig(withFile, { target: sha, source: null, tokenizer: sha });
    expect(once.tokenizer).toEqual({ kind: 'file', path: 'tokenizer.json', fingerprint: sha });
    expect(parseTrainConfig(once, 'record')).toEqual(once);
    expect(recordConfig(once, { target: sha, source: null })).toEqual(once);
    expect(config.tokenizer).toEqual({ kind: 'bytes' });
    expect(recordConfig(config, { target: sha, source: sha, tokenizer: sha }).tokenizer).toEqual({
      kind: 'bytes',
    });
  });

  test('is a config, and recording it again changes nothing', () => {
    expect(parseTrainConfig(recorded, 'record')).toEqual(recorded);
    expect(recordConfig(recorded, { target: sha, source: sha, targetValidation: sha })).toEqual(recorded);
  });

  test('has an id that knows the text and the numbers, not the place nor the order of keys', () => {
    const elsewhere = parse({ corpora: { ...config.corpora, target: 'file:D:\\sw.txt' } });
    expect(runId(recordConfig(elsewhere, { target: sha, source: sha, targetValidation: sha }))).toBe(
      runId(recorded),
    );
    expect(runId(Object.fromEntries(Object.entries(recorded).reverse()) as TrainConfig)).toBe(
      runId(recorded),
    );
    expect(runId({ ...recorded, seed: 1 })).not.toBe(runId(recorded));
    expect(runId(recordConfig(config, { target: 'cd'.repeat(32), source: sha }))).not.toBe(runId(recorded));
    expect(runId(recorded)).toMatch(/^[0-9a-f]{12}$/);
    expect(runId({ ...recorded, name: 'called otherwise' })).toBe(runId(recorded));
    // Without hashes, what the config itself says of its texts counts.
    expect(runId(recordConfig(recorded))).toBe(runId(recorded));
  });
});
