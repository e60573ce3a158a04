/** What corpora there are to choose from, and which of them are kept on this machine, for people. */

import type { CatalogueEntry } from '../../../corpora/catalogue.ts';
import type { CachedText } from '../../formats/cachedText.ts';
import { REMOTE_BYTES, WORLD_BYTES } from '../../formats/corpusSpec.ts';
import { amount, counted, table } from './words.ts';

export type World = { readonly spec: string; readonly language: string; readonly ownName: string };

/** What may stand behind the `?` of a world, with the value where nothing is said. */
export const WORLD_OPTIONS = [
  ['distance', '0 … 1', '0', 'how far a constructed language is from it'],
  ['noise', '0 … 1', '0', 'share of the documents that are damaged'],
  ['seed', '0, 1, …', '1', 'another seed tells other stories'],
  ['stories', 'own, shared', 'own', 'shared: told in every language alike'],
  ['bytes', '1, 2, …', String(WORLD_BYTES), 'text, to the end of the story'],
] as const;

export function listWords(worlds: readonly World[], catalogue: readonly CatalogueEntry[]): string {
  const [first] = worlds;
  const licences = [...new Set(catalogue.map(({ licence }) => licence))].join('; ');
  return [
    'Built in: stories without end, their true entropy known; no network is needed.',
    '',
    table(
      worlds.map(({ spec, language, ownName }) => [
        `  ${spec}`,
        language === ownName ? language : `${language} (${ownName})`,
      ]),
      2,
    ),
    '',
    `  Options behind a question mark: ${first?.spec ?? 'world:en'}?distance=0.3&bytes=1000000`,
    table(
      [
        ['  option', 'values', 'default', ''],
        ...WORLD_OPTIONS.map((row) => [`  ${row[0]}`, ...row.slice(1)]),
      ],
      4,
    ),
    '',
    `Elsewhere: fetched when used, ${amount(REMOTE_BYTES, 'B')} of text unless &bytes=N says how much.`,
    '',
    table(
      [
        ['  spec', 'language', 'script', 'on the server'],
        ...catalogue.map(({ spec, language, script, bytesOnServer }) => [
          `  ${spec}`,
          language,
          script,
          bytesOnServer === null ? '?' : amount(bytesOnServer, 'B'),
        ]),
      ],
      3,
    ),
    '',
    `  Licence: ${licences}. What a fetch will take is said before it begins;`,
    '  m3lab corpus show SPEC --no-download says it and fetches nothing.',
    '',
    'Your own: a path, file:PATH#COLUMN, https://…#COLUMN, hf:OWNER/NAME/CONFIG#COLUMN.',
    '.txt (a document a line, or parted by blank lines), .jsonl, .csv, .tsv, .parquet,',
    'each also as .gz or .zst, and .zip of them.',
  ].join('\n');
}

/** The texts that are kept in a folder, and the bytes that they take there together. */
export function keptWords(texts: readonly CachedText[], bytes: number, folder: string): string {
  if (texts.length === 0) return `No fetched text is kept in ${folder}.`;
  const rows = texts.map(({ spec, date, documents, textBytes }) => [
    spec,
    date.slice(0, 10),
    documents.toLocaleString('en'),
    amount(textBytes, 'B'),
  ]);
  return [
    table([['spec', 'fetched', 'documents', 'text'], ...rows], 2),
    '',
    `${counted(texts.length, 'text')}, ${amount(bytes, 'B')} in ${folder}`,
    'm3lab corpus forget SPEC (or --all) frees them.',
  ].join('\n');
}
