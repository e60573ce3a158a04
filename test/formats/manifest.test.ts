import { describe, expect, test } from 'vitest';
import { parseTrainConfig, recordConfig, runId, type TrainConfig } from '../../src/formats/config.ts';
import { formatManifest, type ManifestRun, parseManifest, tagValues } from '../../src/formats/manifest.ts';

const SHA = 'ab'.repeat(32);

function lineOf(changes: object = {}): ManifestRun {
  const config = parseTrainConfig(
    {
      version: 1,
      name: 'one',
      corpora: { target: `file:texts/sw.txt#sha256=${SHA}`, source: 'world:en' },
      recipe: { targetTokens: 6401, epochs: 2, ratio: 0.5 },
      ...changes,
    },
    'test',
  );
  return {
    version: 1,
    id: runId(recordConfig(config)),
    config,
    tags: { experiment: 'phase-shift', budget: [3.7e10, 1.5e11] },
    nominal: {
      kind: 'multi-lingual single-stage',
      N: 98_000,
      D: 25_600,
      D_T: 6400,
      S: 12_800,
      k: 2,
      r: 0.5,
      r_f: 0.5,
      r_1: 0.5,
      s: 1,
      C: 6 * 98_000 * 25_600,
    },
    flops: 6 * 98_000 * 25_600,
    steps: 50,
  };
}

const two = [lineOf(), lineOf({ seed: 1 })];
const text = formatManifest(two);

describe('a manifest', () => {
  test('is read back as it was written; empty lines and a byte order mark do not matter', () => {
    expect(parseManifest(text, 'm.jsonl')).toEqual(two);
    expect(parseManifest(`\uFEFF\n${text.replaceAll('\n', '\r\n\n')}`, 'm.jsonl')).toEqual(two);
  });

  test('names runs by what they are: path and name do not count, text and numbers do', () => {
    const [first] = two;
    const elsewhere = { target: `file:C:/other/sw.txt#sha256=${SHA}`, source: 'world:en' };
    expect(lineOf({ name: 'another', corpora: elsewhere }).id).toBe(first?.id);
    expect(two[1]?.id).not.toBe(first?.id);
  });

  test('holds no run that begins from a model, whose weights nobody would have', () => {
    const begun = formatManifest([lineOf({ start: { name: 'first', fingerprint: SHA } })]);
    expect(() => parseManifest(begun, 'm.jsonl')).toThrow(
      /^m\.jsonl:1: config\.start: a manifest holds no weights.*m3lab train --from$/,
    );
  });

  test('gives the values of a tag as a list', () => {
    const { tags } = lineOf();
    expect(tagValues(tags, 'experiment')).toEqual(['phase-shift']);
    expect(tagValues(tags, 'budget')).toEqual([3.7e10, 1.5e11]);
    expect(tagValues(tags, 'pair')).toEqual([]);
  });
});

describe('what is refused, with its line', () => {
  const changed = (change: (run: Record<string, unknown>) => void): string => {
    const run = JSON.parse(JSON.stringify(two[1]));
    change(run);
    return formatManifest([two[0] as ManifestRun, run]);
  };
  const configOf = (run: Record<string, unknown>) => run.config as Record<string, Record<string, unknown>>;
  test.each<[string, string, string]>([
    ['no run', '\n\n', 'm.jsonl: there is no run in it'],
    ['a line cut short', text.slice(0, -20), 'm.jsonl:2, line 1, column'],
    ['an unknown field', changed((run) => Object.assign(run, { stepz: 1 })), 'm.jsonl:2: stepz: there is no'],
    [
      'a field left out',
      changed((run) => Object.assign(run, { steps: undefined })),
      'm.jsonl:2: steps: this',
    ],
    ['a list', `${text}[]\n`, 'm.jsonl:3: a list is not an object'],
    [
      'an unknown quantity',
      changed((run) => Object.assign(run.nominal as object, { D_t: 1 })),
      'm.jsonl:2: nominal.D_t: there is no such field; did you mean D_T?',
    ],
    [
      'an unknown field of the config',
      changed((run) => Object.assign(configOf(run).optimizer as object, { lerningRate: 1 })),
      'm.jsonl:2: config.optimizer.lerningRate: there is no such field; did you mean learningRate?',
    ],
    [
      'a config that cannot be',
      changed((run) => Object.assign(configOf(run).model as object, { heads: 3 })),
      'm.jsonl:2: config: model.width: 64 is not divisible by 3 heads',
    ],
    [
      'a config that was changed by hand',
      changed((run) => Object.assign(configOf(run).optimizer as object, { learningRate: 1e-3 })),
      'm.jsonl:2: id: ',
    ],
    ['a run twice', formatManifest([two[0] as ManifestRun, ...two]), 'stands in line 1 already'],
  ])('%s', (_, broken, words) => {
    expect(() => parseManifest(broken, 'm.jsonl')).toThrow(words);
  });

  test('a text without its hash, for its record would have another id', () => {
    const unpinned = (changes: object) => formatManifest([lineOf(changes)]);
    const corpora = { target: 'world:sw', source: 'file:en.txt' };
    expect(() => parseManifest(unpinned({ corpora }), 'm.jsonl')).toThrow(
      'm.jsonl:1: config.corpora.source: carries no sha256',
    );
    const tokenizer: TrainConfig['tokenizer'] = { kind: 'file', path: 'tokenizer.json' };
    expect(() => parseManifest(unpinned({ tokenizer }), 'm.jsonl')).toThrow(
      'm.jsonl:1: config.tokenizer.path: carries no fingerprint',
    );
  });
});
