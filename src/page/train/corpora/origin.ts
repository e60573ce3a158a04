/** Where a text comes from, as a command says it. */

import { formatCorpusSpec, parseCorpusSpec } from '../../../formats/corpusSpec.ts';
import type { CorpusOrigin } from '../../../worker/api/texts.ts';
import type { Picker } from './picker.ts';

export function fileOrigin(file: File, { documents, text }: Picker): CorpusOrigin {
  const column = text.column.trim();
  return { kind: 'file', file, options: { column: column === '' ? null : column, documents } };
}

/** The same text, with its column named. */
export function withColumn(origin: CorpusOrigin, column: string): CorpusOrigin {
  if (origin.kind === 'file') return { ...origin, options: { ...origin.options, column } };
  const spec = parseCorpusSpec(origin.spec);
  return 'column' in spec ? { kind: 'spec', spec: formatCorpusSpec({ ...spec, column }) } : origin;
}

/** What it is called while it is read. */
export function originName(origin: CorpusOrigin): string {
  if (origin.kind === 'file') return origin.file.name;
  return origin.spec.startsWith('world:') ? 'the built-in world' : origin.spec;
}
