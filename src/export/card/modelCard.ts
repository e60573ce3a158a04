/** The model card: a README.md that says what the model is, how it came about, how good it is, and how it is used. */

import type { Parity } from '../../formats/parity.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { ExportFormat } from '../formats.ts';
import type { ExportedModel } from '../model.ts';
import { languagesOf } from './languages.ts';
import { cell, code, inLine, integer, table } from './markdown.ts';
import { parityWords } from './parityWords.ts';
import { trainingWords } from './trainingWords.ts';
import { usageWords } from './usageWords.ts';

/** The text of README.md: Markdown after a YAML front matter as the Hugging Face hub reads it. */
export function modelCard(model: ExportedModel, format: ExportFormat, parity: Parity | null): string {
  const { record, name } = model;
  const parts = [
    frontMatter(record, format),
    `# ${inLine(name)}`,
    introduction(model),
    '## The model',
    shapeTable(model),
    ...(record === null ? [UNKNOWN_TRAINING] : trainingWords(record)),
    '## The check',
    parityWords(parity),
    ...usageWords(model, format),
  ];
  return `${parts.join('\n\n')}\n`;
}

const UNKNOWN_TRAINING = [
  '## How it was trained',
  '',
  'This model was brought into the lab without a record of its training: recipe, texts and losses are not known here.',
].join('\n');

/** Every value is one of ours, so none has to be quoted. */
function frontMatter(record: RunRecord | null, format: ExportFormat): string {
  const languages = record === null ? [] : languagesOf(record.config.corpora);
  return [
    '---',
    `library_name: ${format === 'hf' ? 'transformers' : 'transformers.js'}`,
    'pipeline_tag: text-generation',
    ...(languages.length > 0 ? ['language:', ...languages.map((language) => `- ${language}`)] : []),
    'tags:',
    '- m3lab',
    '- llama',
    ...(format === 'onnx' ? ['- onnx'] : []),
    '---',
  ].join('\n');
}

function introduction({ table: { counts }, record }: ExportedModel): string {
  const made =
    record === null ? 'taken from M³ Lab, where it came from elsewhere' : 'trained with WebGPU in M³ Lab';
  return (
    `A Llama of ${integer(counts.total)} parameters, ${made}: a laboratory for how a language with little text learns from one with ` +
    'much. It is a result of an experiment on training recipes. It knows nothing, and what it writes is not to be relied on.'
  );
}

function shapeTable({ config, table: { counts }, tokenizer }: ExportedModel): string {
  const { layers, width, heads, mlp, context, vocabulary, tied } = config;
  return table(
    ['', ''],
    [
      ['layers', integer(layers)],
      ['width', integer(width)],
      ['heads', `${integer(heads)}, of ${integer(width / heads)} features each`],
      ['inner width of the MLP', integer(mlp)],
      ['context', `${integer(context)} tokens`],
      ['vocabulary', `${integer(vocabulary)} tokens; ${TOKENIZERS[tokenizer.kind]}`],
      ['fingerprint of the tokenizer', code(tokenizer.fingerprint)],
      ['output head', tied ? 'the token embedding (tied)' : 'a matrix of its own (untied)'],
      ['parameters of the embedding', tied ? '0; it counts once, as the head' : integer(counts.embedding)],
      ['parameters of the blocks', integer(counts.blocks)],
      ['parameters of the head', integer(counts.head)],
      ['N, the parameters that multiply each token: blocks + head', integer(counts.N)],
    ].map((row) => row.map(cell)),
  );
}

const TOKENIZERS = {
  bytes: 'each is a byte of UTF-8, or the end of a document',
  bpe: 'byte-level BPE',
  library: 'a tokenizer that was brought along',
} as const;
