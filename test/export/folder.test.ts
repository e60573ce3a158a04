import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import { modelCard } from '../../src/export/card/modelCard.ts';
import { exportedFolder, huggingFaceFolder, onnxFolder } from '../../src/export/folder.ts';
import { folderNameOf } from '../../src/export/formats.ts';
import type { ExportedModel } from '../../src/export/model.ts';
import { onnxModel } from '../../src/export/onnx/model.ts';
import { beginsWithEndOfDocument, textOfToken, tokenizerConfig } from '../../src/export/tokenizerConfig.ts';
import { parseExportNote } from '../../src/formats/exportNote.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { byteTokenizer } from '../../src/text/tokenizer/bytes.ts';
import { readTokenizer } from '../../src/text/tokenizer/file/read.ts';
import type { Tokenizer } from '../../src/text/tokenizer/tokenizer.ts';
import { readCheckpoint } from '../../src/train/checkpoint/checkpoint.ts';
import { runRecord } from '../formats/runs/exampleRecord.ts';
import { gpt2File, llamaFile, MIXED, smallBpe, TRICKY } from '../text/tokenizer/fixtures.ts';
import { tinyModel } from './onnx/tiny.ts';

function modelOf(tokenizer: Tokenizer, tied = true): ExportedModel {
  return { ...tinyModel({ vocabulary: tokenizer.vocabulary, tied }), tokenizer, record: null };
}

const textOf = (files: ReadonlyMap<string, Uint8Array>, name: string) =>
  new TextDecoder().decode(files.get(name));
const jsonOf = (files: ReadonlyMap<string, Uint8Array>, name: string) => JSON.parse(textOf(files, name));

describe('the folder for transformers', () => {
  test.each([true, false])('reads back as the model that it was, tied: %s', async (tied) => {
    const model = modelOf(byteTokenizer, tied);
    const files = huggingFaceFolder(model, null);
    expect([...files.keys()]).toEqual([
      'README.md',
      'config.json',
      'generation_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'm3lab.json',
      'model.safetensors',
    ]);
    const store = new MemoryStore();
    for (const [path, bytes] of files) await store.write(path, bytes);
    const read = await readCheckpoint(store, '');
    expect(read.config).toEqual(model.config);
    expect(read.parameters).toEqual(model.parameters);
    expect(read.tokenizer).toBe(byteTokenizer);
    expect(read.record).toBeNull();
  });

  test('takes its name and its record along', () => {
    const record = runRecord();
    const files = huggingFaceFolder({ ...modelOf(byteTokenizer), record, name: 'Two-stage' }, null);
    const note = parseExportNote(jsonOf(files, 'm3lab.json'), 'm3lab.json');
    expect(note).toEqual({ name: 'Two-stage', record });
    expect(onnxFolder(modelOf(byteTokenizer), null).has('m3lab.json')).toBe(false);
  });

  test('ends what it writes at the end of a document, and at the last position that was trained', () => {
    const files = huggingFaceFolder(modelOf(byteTokenizer), null);
    expect(jsonOf(files, 'generation_config.json')).toEqual({
      bos_token_id: 256,
      eos_token_id: 256,
      pad_token_id: 256,
      max_length: 16,
    });
    expect(jsonOf(files, 'config.json')).toMatchObject({
      model_type: 'llama',
      bos_token_id: 256,
      eos_token_id: 256,
      max_position_embeddings: 16,
    });
    expect(jsonOf(files, 'config.json')).not.toHaveProperty('transformers.js_config');
  });
});

test('the folder for ONNX Runtime has both models, and says that nothing is quantised', () => {
  const model = modelOf(byteTokenizer);
  const files = onnxFolder(model, null);
  expect([...files.keys()].filter((path) => path.startsWith('onnx/'))).toEqual([
    'onnx/model.onnx',
    'onnx/decoder_model.onnx',
  ]);
  expect(files.get('onnx/model.onnx')).toEqual(onnxModel(model, { cache: true }));
  expect(files.get('onnx/decoder_model.onnx')).toEqual(onnxModel(model, { cache: false }));
  expect(jsonOf(files, 'config.json')).toHaveProperty(['transformers.js_config', 'dtype'], 'fp32');
  // What was made before is not made again.
  const onnx = { plain: Uint8Array.of(1), cached: Uint8Array.of(2) };
  expect(exportedFolder(model, 'onnx', null, onnx).get('onnx/model.onnx')).toBe(onnx.cached);
  expect([...exportedFolder(model, 'hf', null, onnx).keys()]).toContain('model.safetensors');
});

describe('@huggingface/tokenizers gives the ids that the model was trained on', () => {
  test.each([
    ['bytes', async () => byteTokenizer],
    ['a BPE', smallBpe],
  ] as const)('%s', async (_, make) => {
    const tokenizer = await make();
    const files = huggingFaceFolder(modelOf(tokenizer), null);
    const library = new LibraryTokenizer(
      jsonOf(files, 'tokenizer.json'),
      jsonOf(files, 'tokenizer_config.json'),
    );
    const end = tokenizer.endOfDocument;
    for (const text of [...TRICKY, ...MIXED.slice(0, 20)].filter((one) => !one.includes('<|endoftext|>'))) {
      const ids = [end, ...tokenizer.encode(text)];
      expect(library.encode(text).ids, text).toEqual(ids);
      expect(library.decode(ids, { skip_special_tokens: true }), text).toBe(text);
    }
    expect(library.token_to_id('<|endoftext|>')).toBe(end);
  });
});

describe('the end of a document', () => {
  test('is found by its text, wherever the file has it', async () => {
    expect(textOfToken(byteTokenizer.file(), 256)).toBe('<|endoftext|>');
    expect(textOfToken({ model: { type: 'BPE', vocab: { a: 0, '</s>': 1 } } }, 1)).toBe('</s>');
    expect(textOfToken({ model: { type: 'Unigram', vocab: [['</s>', -1]] } }, 0)).toBe('</s>');
    expect(() => textOfToken({ model: { vocab: {} } }, 3)).toThrow('tokenizer.json has no token 3');
  });

  test('is put before every text by our files; of others it is known whether they do', async () => {
    const bpe = await smallBpe();
    expect([byteTokenizer, bpe].map(beginsWithEndOfDocument)).toEqual([true, true]);
    const gpt2 = await readTokenizer(gpt2File(bpe), 'gpt2.json');
    const llama = await readTokenizer(llamaFile(), 'llama.json');
    expect([gpt2, llama].map(beginsWithEndOfDocument)).toEqual([false, false]);
    expect(tokenizerConfig(llama, 64)).toMatchObject({ bos_token: '</s>', eos_token: '</s>' });
    const card = textOf(huggingFaceFolder(modelOf(gpt2), null), 'README.md');
    expect(card).toContain('(token 700) in training. The tokenizer does not put it there');
    expect(card).toContain('add_special_tokens=False');
    expect(card).toContain('torch.tensor([[700, *ids]])');
    const onnx = modelCard(modelOf(gpt2), 'onnx', null);
    expect(onnx).toContain('add_special_tokens: false');
    expect(onnx).toContain('[700, ...ids]');
    expect(modelCard(modelOf(bpe), 'onnx', null)).not.toContain('add_special_tokens');
    expect(textOf(huggingFaceFolder(modelOf(bpe), null), 'README.md')).toContain(
      'the tokenizer puts it there',
    );
  });

  test('is that of the template alone: with another token before it, or one behind the text, it is not', () => {
    const file = JSON.parse(JSON.stringify(byteTokenizer.file()));
    const [first, text] = file.post_processor.single;
    const begins = (single: unknown[]) =>
      beginsWithEndOfDocument({
        ...byteTokenizer,
        file: () => ({ ...file, post_processor: { ...file.post_processor, single } }),
      });
    expect(begins([first, text])).toBe(true);
    const within = (...processors: unknown[]) =>
      beginsWithEndOfDocument({
        ...byteTokenizer,
        file: () => ({ ...file, post_processor: { type: 'Sequence', processors } }),
      });
    const byteLevel = { type: 'ByteLevel', trim_offsets: false };
    expect(within(byteLevel, file.post_processor)).toBe(true);
    expect(within({ type: 'Sequence', processors: [file.post_processor] }, byteLevel)).toBe(true);
    const { post_processor: own } = file;
    expect([within(), within(byteLevel), within(own, own), within(own, { type: 'BertProcessing' })]).toEqual([
      ...[false, false, false, false],
    ]);
    expect([[text], [text, first], [first, text, first], [first, first, text]].some(begins)).toBe(false);
  });
});

test.each([
  ['two-stage', 'two-stage-hf'],
  ['Zwei Stufen: r = ½, größer', 'Zwei-Stufen-r-1-2-gro-er-hf'],
  ['../../etc', 'etc-hf'],
  ['日本語', 'model-hf'],
  ['', 'model-hf'],
  ['a'.repeat(200), `${'a'.repeat(80)}-hf`],
])('the folder of %j can be called %s anywhere', (name, folder) => {
  expect(folderNameOf(name, 'hf')).toBe(folder);
});
