import { describe, expect, test } from 'vitest';
import { modelCard } from '../../src/export/card/modelCard.ts';
import type { ExportedModel } from '../../src/export/model.ts';
import type { Parity } from '../../src/formats/parity.ts';
import type { RunRecord } from '../../src/formats/record.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { runConfig, runRecord } from '../formats/runs/exampleRecord.ts';
import { PARITY } from './exampleParity.ts';
import { tinyModel } from './onnx/tiny.ts';

const model = (record: RunRecord | null, name = 'run'): ExportedModel => ({
  ...tinyModel(),
  tokenizer: byteTokenizer,
  record,
  name,
});
const cardOf = (changes: Partial<RunRecord> = {}) => modelCard(model(runRecord(changes)), 'hf', null);

/** Fields of the front matter. */
function frontOf(card: string): string[] {
  const [before, front, ...after] = card.split('---\n');
  expect(before).toBe('');
  expect(after.length).toBeGreaterThan(0);
  return (front ?? '').trimEnd().split('\n');
}

describe('the front matter', () => {
  test('has library, task, tags and the languages that the corpora name', () => {
    expect(frontOf(cardOf())).toEqual([
      'library_name: transformers',
      'pipeline_tag: text-generation',
      'language:',
      '- sw',
      '- en',
      'tags:',
      '- m3lab',
      '- llama',
    ]);
  });

  test.each([
    [{ target: 'world:sw?distance=0.5', source: 'world:sw' }, ['- sw']],
    [{ target: 'world:en', source: 'world:en?seed=2' }, ['- en']],
    [{ target: 'file:poor.txt', source: null }, null],
  ])('%j', (corpora, languages) => {
    const front = frontOf(cardOf({ config: runConfig({ corpora }) }));
    if (languages === null) expect(front).not.toContain('language:');
    else expect(front.slice(2, 3 + languages.length)).toEqual(['language:', ...languages]);
  });

  test('of ONNX is that of transformers.js', () => {
    const front = frontOf(modelCard(model(null), 'onnx', null));
    expect(front).toEqual([
      'library_name: transformers.js',
      'pipeline_tag: text-generation',
      'tags:',
      '- m3lab',
      '- llama',
      '- onnx',
    ]);
  });
});

describe('a card', () => {
  test('holds counts, losses with their error, device and versions', () => {
    const final = runRecord().final!;
    const card = cardOf({
      final: {
        ...final,
        targetLoss: 1.61239,
        targetLossError: 0.01119,
        sourceLoss: 1.5,
        sourceBitsPerByte: 2.1,
      },
      references: { floorBitsPerByte: 0.676, ngramBitsPerByte: null },
      device: { vendor: 'v', architecture: 'v', device: '', description: 'A GPU', software: false },
      versions: { m3lab: '0.1.0', node: '20.19.0' },
      warnings: ['the *last* batch was cut'],
    });
    for (const line of [
      '| D_T | 250 | different target tokens |',
      '| k | 2 | times that the target tokens were read |',
      '| s | 0.3333 | share of the last stage in D |',
      '| C | 600000 | compute in floating-point operations, 6·N·D |',
      '| target | 1.6124 ± 0.0112 | 2.3000 |',
      '| source | 1.5000 | 2.1000 |',
      '| entropy of the target text | – | 0.6760 |',
      '| recipe | multi-lingual two-stage |',
      '| target text | `world:sw` |',
      'Note: the \\*last\\* batch was cut',
      'Run `abcdef012345`; trained on v, A GPU; m3lab 0.1.0; node 20.19.0.',
    ])
      expect(card.split('\n')).toContain(line);
    expect(card).not.toContain('n-gram');
    // The config can be taken out and trained.
    const [, json = ''] = /```json\n([\s\S]*?)\n```/.exec(card) ?? [];
    expect(JSON.parse(json)).toEqual(runConfig());
  });

  test('shows at most twenty validations, the first and the last among them, and no other step', () => {
    const curve = Array.from({ length: 300 }, (_, i) => ({
      step: i + 1,
      tokens: 512 * (i + 1),
      loss: 5 - i / 100,
      ...(i % 2 === 1 && { targetLoss: 5.1 - i / 100, sourceLoss: 4 }),
    }));
    const card = cardOf({ curve });
    const rows = card.split('\n').filter((line) => /^\| \d/.test(line));
    expect(rows).toHaveLength(20);
    expect(rows[0]).toBe('| 2 | 1,024 | 4.9900 | 5.0900 | 4.0000 |');
    expect(rows.at(-1)).toBe('| 300 | 153,600 | 2.0100 | 2.1100 | 4.0000 |');
    expect(card).toContain('Validations while it trained, 20 of 150, in nats a token:');
  });

  test('of a run that was stopped calls its losses those of a validation; of one that has none, says so', () => {
    const curve = [{ step: 7, tokens: 70, loss: 3, targetLoss: 3.1 }];
    expect(cardOf({ status: 'stopped', curve })).toContain('The last validation, at step 7: on a sample');
    expect(cardOf({ status: 'diverged', final: null })).toContain(
      '| ended | diverged: its loss is no longer finite |',
    );
    expect(cardOf({ final: null })).toContain('ended before its loss on held-out text was measured');
  });

  test('of a run that began from a model names it', () => {
    const start = { name: 'first | stage', fingerprint: 'a'.repeat(64) };
    const card = cardOf({ config: { ...runConfig(), start } });
    expect(card).toContain(
      `| began with | the weights of first \\| stage (fingerprint \`${'a'.repeat(64)}\`), and fresh moments of AdamW |`,
    );
    expect(card).toContain('The counts are of this run alone: what first \\| stage had read before');
    expect(card).toContain('`--from FOLDER`, where the folder holds first');
    const moments = { step: 1200, fingerprint: 'b'.repeat(64) };
    const kept = cardOf({ config: { ...runConfig(), start: { ...start, moments } } });
    expect(kept).toContain('and its moments of AdamW, of step 1,200 |');
    expect(kept).toContain('`--from FOLDER`, and `--keep-moments`, where');
    expect(cardOf()).not.toMatch(/--from|of this run alone/);
  });

  test('of a model without a record has no recipe, and is otherwise whole', () => {
    const card = modelCard(model(null), 'hf', null);
    expect(card).toContain('recipe, texts and losses are not known here');
    expect(card).not.toMatch(/D_T|undefined|NaN|null|\[object/);
    expect(card).toContain('| context | 16 tokens |');
    expect(card).toContain('AutoModelForCausalLM.from_pretrained("FOLDER")');
    expect(modelCard(model(null), 'onnx', null)).toContain("from '@huggingface/transformers'");
  });

  test('is not broken by a name', () => {
    const card = modelCard(model(null, 'a\n---\n# *b* | <c> `d`'), 'hf', null);
    expect(card.split('\n')).toContain('# a --- \\# \\*b\\* \\| \\<c\\> \\`d\\`');
    frontOf(card);
  });
});

describe('the check', () => {
  const checkOf = (parity: Parity | null) => modelCard(model(null), 'hf', parity);

  test('shows what was measured and what is allowed', () => {
    const card = checkOf(PARITY);
    expect(card).toContain('**Checked.**');
    expect(card).toContain(
      'onnxruntime-web 1.30.0 (wasm) computed the ONNX model on 16 windows of held-out text of the \\*file\\* a\\_b.txt, 1,024 tokens',
    );
    expect(checkOf({ ...PARITY, text: null })).toContain('on 16 windows of text, 1,024 tokens');
    expect(card).toContain('| of a logit | 3.8e-6 | ≤ 1e-3 |');
    expect(card).toContain('| of the mean loss, nats | 2.0e-8 | ≤ 1e-4 |');
  });

  test('that failed, or that nobody made, is called that', () => {
    const failed = checkOf({ ...PARITY, logits: Number.POSITIVE_INFINITY, passed: false });
    expect(failed).toContain('**The check failed: do not rely on this export.**');
    expect(failed).toContain('| of a logit | not a number | ≤ 1e-3 |');
    expect(failed).not.toContain('**Checked.**');
    expect(checkOf(null)).toContain('Not checked: ');
    expect(checkOf(null)).not.toContain('**Checked.**');
  });
});
