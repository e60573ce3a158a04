/** What `m3lab train --help` says of configs: their fields, their defaults, and the symbols of the table. */

import {
  MAX_VOCABULARY,
  MIN_VOCABULARY,
  TRAIN_CONFIG_DEFAULTS,
  TRAIN_CONFIG_DERIVED_DEFAULTS,
} from '../../formats/configSchema.ts';
import { CORPUS_SPEC_HELP } from '../../formats/corpusSpec.ts';

/** The fields of a config with their defaults, for `train --help`. */
export function configHelp(): string {
  const lines: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, child] of Object.entries(value)) walk(child, path === '' ? key : `${path}.${key}`);
    } else lines.push(`  ${path} = ${JSON.stringify(value)}`);
  };
  walk(TRAIN_CONFIG_DEFAULTS, '');
  for (const [path, words] of Object.entries(TRAIN_CONFIG_DERIVED_DEFAULTS))
    lines.push(`  ${path}: ${words}`);
  return [
    'A config must give:',
    '  version = 1',
    `  corpora.target: ${CORPUS_SPEC_HELP} (a path from the config's folder)`,
    '  recipe.targetTokens; or recipe.targetTokens, recipe.tokens (D) and recipe.stages: [{share, ratio}, …]',
    '',
    'It may give corpora.targetValidation and corpora.sourceValidation (else 5 % of the documents are held out), and what is',
    'otherwise:',
    ...lines,
    '',
    ...FIELDS,
    '',
    ...STARTS,
    '',
    ...SYMBOLS,
    '',
    `Example: {"version": 1, "name": "two-stage", "corpora": {"target": "file:poor.txt", "source": "file:rich.txt"},`,
    '  "recipe": {"targetTokens": 65536, "epochs": 4, "ratio": 0.25, "finalRatio": 1}}',
  ].join('\n');
}

const FIELDS = [
  'Texts and tokens:',
  '  corpora.parallel        true: the n-th documents of target and source translate each other, and are held out together',
  '  corpora.nearDuplicates  training documents that are nearly a validation document: report, drop, or ignore',
  '  tokenizer               {"kind": "bytes"};',
  `                          {"kind": "bpe", "vocabulary": ${MIN_VOCABULARY}…${MAX_VOCABULARY}, "sourceShare": 0…1}, trained on the D_T target tokens`,
  '                          and on source text, which weighs sourceShare;',
  '                          or {"kind": "file", "path": "tokenizer.json"}, a path from the config\'s folder',
];

const STARTS = [
  'A run that begins from a model (--from):',
  '  model, tokenizer        are those of the model, and may be left out; model.context may be smaller',
  '  start                   name and fingerprint of the model; written into the record, and never needed here',
  '  Its weights are validated before the first step. AdamW begins with fresh moments, or goes on with those of a checkpoint of',
  '  m3lab train (--keep-moments). docs/continuing.md is the guide.',
];

const SYMBOLS = [
  'The table of the runs, before they are trained:',
  '  D    tokens read, of both languages',
  '  D_T  different target tokens: recipe.targetTokens, in whole windows of model.context',
  '  k    times that the run reads these: recipe.epochs',
  '  r    share of target tokens in D: recipe.ratio',
  '  r_f  the same share in the last stage: recipe.finalRatio',
  '  C    compute in floating-point operations, 6·N·D; N are the parameters that multiply each token',
];
