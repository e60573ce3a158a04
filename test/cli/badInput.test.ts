import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SOURCE_TEXT, TARGET_TEXT } from '../train/fixtures.ts';
import { Bench, run } from './commands.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.file('target.txt', TARGET_TEXT);
  bench.file('source.txt', SOURCE_TEXT);
});
afterEach(() => bench.remove());

const CONFIG = {
  version: 1,
  corpora: { target: 'file:target.txt', source: 'file:source.txt' },
  model: { layers: 1, width: 16, heads: 1, mlp: 32, context: 16 },
  recipe: { targetTokens: 209, epochs: 1, ratio: 0.5 },
  optimizer: { batch: 2 },
};

type Change = Record<string, unknown>;

/** Trains with a config that is wrong; expects words, exit code 2, nothing on stdout and nothing written. */
async function refused(change: Change | string, words: RegExp): Promise<void> {
  const config = bench.file('run.json', typeof change === 'string' ? change : { ...CONFIG, ...change });
  const before = bench.list();
  const { code, out, error } = await run(['train', config, '--out', bench.path('out'), '--json']);
  expect(error).toMatch(words);
  expect(error.trim().split('\n')).toHaveLength(1);
  expect([code, out]).toEqual([2, '']);
  expect(bench.list()).toEqual(before);
}

describe('train refuses, naming field or file, and leaves nothing behind:', () => {
  test.each<[string, Change | string, RegExp]>([
    [
      'JSON that is none',
      '{"version": 1,\n "seed": }',
      /run\.json, line 2, column 10: seed: a value is missing/,
    ],
    [
      'NaN',
      '{"version": 1, "optimizer": {"learningRate": NaN}}',
      /column 46: optimizer\.learningRate: NaN is not a number/,
    ],
    ['an unknown field', { epoch: 3 }, /run\.json: epoch: there is no such field/],
    ['a name with a separator', { name: 'a/b' }, /run\.json: name: "a\/b" cannot be the name of a folder/],
    [
      'the name of half-written files',
      { name: 'next' },
      /run\.json: name: "next" cannot be the name of a folder/,
    ],
    ['a name that leads out', { name: '..' }, /run\.json: name: "\.\." cannot be the name of a folder/],
    ['text in a number field', { seed: '3' }, /run\.json: seed: "3" is not a number/],
    [
      'no target',
      { corpora: { source: 'file:source.txt' } },
      /run\.json: corpora\.target: this field is missing/,
    ],
    [
      'width not divisible by heads',
      { model: { ...CONFIG.model, heads: 3 } },
      /model\.width: 16 is not divisible by 3 heads/,
    ],
    [
      'heads that no kernel has',
      { model: { ...CONFIG.model, heads: 2 } },
      /run\.json: model\.heads: .*heads of 8 features/,
    ],
    [
      'r > r_f',
      { recipe: { ...CONFIG.recipe, finalRatio: 0.2 } },
      /run\.json: recipe\.finalRatio: 0\.2 is less than/,
    ],
    [
      'k = 0',
      { recipe: { ...CONFIG.recipe, epochs: 0 } },
      /run\.json: recipe\.epochs: 0 is not a number above 0/,
    ],
    [
      'D_T larger than the corpus',
      { recipe: { targetTokens: 1e7 } },
      /run\.json: recipe\.targetTokens: 10,000,000 tokens are more than the/,
    ],
    [
      'a batch beyond the run',
      { optimizer: { batch: 1e7 } },
      /run\.json: optimizer\.batch: .*10,000,000 windows is more than the whole run/,
    ],
    [
      'a text that is missing',
      { corpora: { target: 'file:none.txt' } },
      /run\.json: corpora\.target: there is no file .*none\.txt/,
    ],
    ['a folder for a text', { corpora: { target: 'file:.' } }, /run\.json: corpora\.target: .* is a folder/],
  ])('%s', (_, change, words) => refused(change, words));

  test('an empty text', async () => {
    bench.file('empty.txt', '');
    await refused({ corpora: { target: 'file:empty.txt' } }, /empty\.txt: this file is empty/);
  });

  test('a binary file', async () => {
    bench.file(
      'picture.png',
      Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256),
    );
    await refused(
      { corpora: { target: 'file:picture.png' } },
      /picture\.png: this is not a text file: byte \d+/,
    );
  });

  test('a text shorter than one window', async () => {
    bench.file('short.txt', 'a\nb\nc\n');
    await refused(
      { corpora: { target: 'file:short.txt' } },
      /corpora\.target: short\.txt holds \d training tokens, less than one window of 17/,
    );
  });

  test('a batch that does not fit the adapter', async () => {
    const words = (document: number) =>
      Array.from({ length: 400 }, (_, i) => `word${i * document}`).join(' ');
    bench.file('long.txt', [1, 2, 3, 4].map(words).join('\n'));
    // One window of activations would be 1,024 · 2 · 17,008 · 4 bytes, past the 128 MiB that can be counted on.
    const config = bench.file('run.json', {
      ...CONFIG,
      corpora: { target: 'file:long.txt' },
      model: { layers: 1, width: 16, heads: 1, mlp: 17_000, context: 1024 },
      recipe: { targetTokens: 2049 },
      optimizer: { batch: 1 },
    });
    const { code, error } = await run(['train', config, '--out', bench.path('out')]);
    expect(error).toMatch(/model, optimizer\.batch: one window needs .* Take a smaller model, batch/);
    expect(code).toBe(2);
    expect(bench.list()).not.toContain('out');
  });

  test('a config that is missing, an --out that is a file, options that are not there', async () => {
    const config = bench.file('run.json', CONFIG);
    const missing = await run(['train', bench.path('none.json'), '--out', bench.path('out')]);
    expect(missing).toMatchObject({
      code: 2,
      error: expect.stringMatching(/config: there is no file .*none\.json/),
    });
    const onFile = await run(['train', config, '--out', config]);
    expect(onFile).toMatchObject({ code: 2, error: expect.stringMatching(/--out: .*run\.json is a file/) });
    expect(await run(['train', config])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--out <dir>/),
    });
    const zero = await run(['train', config, '--out', bench.path('out'), '--steps', '0']);
    expect(zero).toMatchObject({ code: 2, error: expect.stringMatching(/whole number of 1 or more/) });
    expect(await run(['trian'])).toMatchObject({ code: 2, error: expect.stringMatching(/unknown command/) });
    expect(bench.list()).toEqual(['run.json', 'source.txt', 'target.txt']);
  });

  test('an --out that cannot be made or written in, before any text is read', async () => {
    const config = bench.file('run.json', { ...CONFIG, corpora: { target: 'file:none.txt' } });
    const inFile = join(bench.file('plain', 'x'), 'deep', 'out');
    const outs: [string, RegExp][] = [[inFile, /--out: .*plain is a file/]];
    // Folders where nobody makes another, whatever the rights; with `recursive`, Node would try the second without end.
    if (existsSync('/proc/self')) {
      outs.push(['/proc/m3lab', /--out: the folder \/proc\/m3lab cannot be made \(E/]);
      outs.push(['/proc/m3lab/deep/out', /--out: the folder \/proc\/m3lab cannot be made \(E/]);
      outs.push(['/proc/self', /--out: nothing can be written in \/proc\/self \(E/]);
    }
    for (const [out, words] of outs) {
      expect(await run(['train', config, '--out', out])).toMatchObject({
        code: 2,
        error: expect.stringMatching(words),
      });
    }
    // A folder that was made for the run goes again, and one that was there stays.
    mkdirSync(bench.path('mine'));
    const refusal = await run(['train', config, '--out', bench.path('mine/deep/out')]);
    expect(refusal).toMatchObject({ code: 2, error: expect.stringMatching(/there is no file .*none\.txt/) });
    expect([bench.list(), readdirSync(bench.path('mine'))]).toEqual([
      ['mine', 'plain', 'run.json', 'source.txt', 'target.txt'],
      [],
    ]);
  });

  test('wrong usage, with the name of the program before it', async () => {
    for (const args of [
      ['trian'],
      ['train'],
      ['train', 'x.json', '--out', 'x', '--steps', '0'],
      ['--wrong'],
    ]) {
      const { code, error } = await run(args);
      expect([code, error]).toEqual([2, expect.stringMatching(/^m3lab: /)]);
    }
  });

  test('a text with another hash than its spec says', async () => {
    const validText = 'maji mti nyumba\nsamaki ndege maji\n';
    bench.file('valid.txt', validText);
    const texts = { 'target.txt': TARGET_TEXT, 'source.txt': SOURCE_TEXT, 'valid.txt': validText };
    for (const [field, file] of [
      ['target', 'target.txt'],
      ['source', 'source.txt'],
      ['targetValidation', 'valid.txt'],
      ['sourceValidation', 'valid.txt'],
    ] as const) {
      const found = createHash('sha256').update(texts[file]).digest('hex');
      const asking = (sha256: string) => ({
        corpora: { ...CONFIG.corpora, [field]: `file:${file}#sha256=${sha256}` },
        recipe: { targetTokens: 1e7 },
      });
      const wrong = '0'.repeat(64);
      await refused(
        asking(wrong),
        new RegExp(`run\\.json: corpora\\.${field}: .*${file} has SHA-256 ${found}, .* asks for ${wrong}`),
      );
      // The right one goes through, to what is wrong next.
      await refused(asking(found), /run\.json: recipe\.targetTokens/);
    }
  });

  test('several runs of which one cannot be, has the name of another, or one that is no folder', async () => {
    const config = bench.file('a.json', { ...CONFIG, name: 'a' });
    // Of another model, so that it would train after the first.
    const wide = bench.file('b.json', {
      ...CONFIG,
      name: 'b',
      model: { ...CONFIG.model, width: 32 },
      recipe: { targetTokens: 1e7 },
    });
    const odd = bench.file('c.json', { ...CONFIG, name: '../c' });
    const out = ['--out', bench.path('out')];
    expect(await run(['train', config, wide, ...out])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/b\.json: recipe\.targetTokens: 10,000,000 tokens are more than the/),
    });
    expect(await run(['train', config, odd, ...out])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/c\.json: name: "\.\.\/c" cannot be the name of a folder/),
    });
    expect(await run(['train', config, config, ...out])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/a\.json: name: another run .*has this name/),
    });
    expect(bench.list()).not.toContain('out');
  });
});

describe('train leaves what is not its own', () => {
  const contents = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, readFileSync(path, 'utf8')]);

  test.each([
    ['config.json', 'holds config.json, and no run of m3lab'],
    ['tokenizer.json', 'holds tokenizer.json'],
    ['model.safetensors', 'holds model.safetensors'],
    ['state.safetensors', 'holds state.safetensors'],
    ['run.json', 'run.json: version: this field is missing'],
    ['next/notes.txt', 'holds next, and no run of m3lab; it would be removed'],
    ['next/.hidden', 'holds next, and no run of m3lab; it would be removed'],
  ])('%s in the folder of --out', async (name, words) => {
    const config = bench.file('train.json', CONFIG);
    mkdirSync(bench.path('out/next'), { recursive: true });
    if (!name.startsWith('next')) rmSync(bench.path('out/next'), { recursive: true });
    bench.file(`out/${name}`, '{"mine": true}');
    const before = contents(bench.folder);
    for (const more of [[], ['--resume']]) {
      const { code, out, error } = await run(['train', config, '--out', bench.path('out'), ...more]);
      expect([code, out, error]).toEqual([2, '', expect.stringContaining(words)]);
      expect(error).toContain(bench.path('out'));
      expect(contents(bench.folder)).toEqual(before);
    }
  });

  test('the config itself, trained into its own folder; and a folder of one run of a fleet', async () => {
    const config = bench.file('config.json', CONFIG);
    const before = contents(bench.folder);
    expect(await run(['train', config, '--out', bench.folder])).toMatchObject({
      code: 2,
      error: expect.stringContaining('holds config.json, and no run of m3lab'),
    });
    expect(contents(bench.folder)).toEqual(before);
    mkdirSync(bench.path('out/b/next'), { recursive: true });
    const [a, b] = ['a', 'b'].map((name) => bench.file(`${name}.json`, { ...CONFIG, name })) as [
      string,
      string,
    ];
    expect(await run(['train', a, b, '--out', bench.path('out')])).toMatchObject({
      code: 2,
      error: expect.stringMatching(/out.b holds next, .* or add --resume if a run was killed/),
    });
  });
});

describe('eval and generate refuse', () => {
  test('a folder that is no checkpoint', async () => {
    for (const args of [
      ['eval', bench.folder, '--text', bench.path('target.txt')],
      ['generate', bench.folder, '--prompt', 'x'],
    ]) {
      const { code, error } = await run(args);
      expect([code, error]).toEqual([
        2,
        `m3lab: ${bench.path('config.json')}: there is no such file; a model is a folder with config.json, model.safetensors and tokenizer.json, as transformers saves a Llama\n`,
      ]);
    }
  });

  test('a folder that is not there, a file, and a folder of several checkpoints', async () => {
    for (const name of ['two', 'one']) {
      mkdirSync(bench.path(`fleet/${name}`), { recursive: true });
      bench.file(`fleet/${name}/model.safetensors`, 'x');
    }
    const [one, two] = [bench.path('fleet/one'), bench.path('fleet/two')];
    for (const [folder, words] of [
      ['nofolder', `there is no folder ${bench.path('nofolder')}; `],
      ['target.txt', `${bench.path('target.txt')} is a file; name the folder`],
      ['fleet', `${bench.path('fleet')} is no checkpoint, but holds some; name one of ${one}, ${two}\n`],
    ] as const) {
      const { code, error } = await run(['eval', bench.path(folder), '--text', bench.path('target.txt')]);
      expect([code, error]).toEqual([2, expect.stringContaining(`m3lab: ${words}`)]);
    }
  });

  test('a checkpoint that is damaged, by the path of the file', async () => {
    bench.file('config.json', '{"model_type": ');
    expect(await run(['generate', `${bench.folder}/`, '--prompt', 'x'])).toMatchObject({
      code: 2,
      error: expect.stringMatching(`^m3lab: ${bench.path('config.json')}, line 1, column 16: `),
    });
  });

  test('options that cannot be', async () => {
    const generate = (...options: string[]) => run(['generate', bench.folder, '--prompt', '', ...options]);
    expect(await generate('--temperature', '-1')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--temperature: -1 is not a number of 0 or more/),
    });
    expect(await generate('--top-p', '2')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--top-p: 2/),
    });
    expect(await generate('--top-k', 'NaN')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/finite number/),
    });
    expect(await generate('--tokens', '1.5')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/whole number/),
    });
    expect(await generate('--seed', '4294967296')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/whole number of at most 4294967295/),
    });
  });
});

test('help says every default of a config, on stdout, and is no error', async () => {
  const { code, out, error } = await run(['train', '--help']);
  expect([code, error]).toEqual([0, '']);
  for (const words of [
    'optimizer.learningRate = ',
    'model.context = ',
    'evaluation.every',
    '--resume',
    '--json',
    'file:PATH',
    ...['D ', 'D_T', 'k ', 'r ', 'r_f', 'C '].map((symbol) => `\n  ${symbol}`),
  ]) {
    expect(out).toContain(words);
  }
  for (const command of ['doctor', 'eval', 'generate']) {
    expect(await run([command, '--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--json') });
  }
  expect(await run(['--version'])).toMatchObject({ code: 0, out: '0.1.0\n' });
  expect((await run(['--help'])).out).toMatch(/A train whose runs all diverged has failed/);
});
