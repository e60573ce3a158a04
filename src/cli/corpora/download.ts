/** What fetching a corpus will take, found out and told before any of it is fetched. */

import type { CorpusSpec } from '../../formats/corpusSpec.ts';
import type { Openers } from '../../text/openCorpus.ts';
import { describeRemote } from '../../text/remote/describeRemote.ts';
import { cacheSpec, wantedBytes } from '../../text/remote/files.ts';
import type { Io } from '../io.ts';
import { amount, labelled } from '../words/words.ts';

export type Download = {
  /** The corpus as it is fetched and kept, its size said. */
  readonly spec: string;
  readonly files: readonly { readonly name: string; readonly url: string; readonly size: number | null }[];
  /** Of all files; null where the server does not say. */
  readonly bytesOnServer: number | null;
  /** Text that is taken, in bytes. */
  readonly textBytes: number;
  /** About; 0 where the text is kept, null where nothing can be said. */
  readonly willDownload: number | null;
  readonly licence: string | null;
  /** When the text that is kept was fetched, ISO 8601; null where none is. */
  readonly keptSince: string | null;
};

/** Null where nothing has to be fetched from elsewhere. Throws `RemoteError` and `TextError`. */
export async function downloadOf(spec: CorpusSpec, openers: Openers, io: Io): Promise<Download | null> {
  if (spec.scheme !== 'https' && spec.scheme !== 'hf') return null;
  const common = { spec: cacheSpec(spec), textBytes: wantedBytes(spec) };
  // What is kept needs no network, so no server is asked about it.
  const kept = await openers.cache?.find(common.spec);
  if (kept) {
    const { files, textBytes, date } = kept;
    return {
      ...common,
      textBytes,
      files,
      bytesOnServer: null,
      willDownload: 0,
      licence: null,
      keptSince: date,
    };
  }
  io.progress(`asking for ${common.spec} …`);
  const { fetch, cache, hub } = openers;
  try {
    const { files, bytesOnServer, willDownload, licence } = await describeRemote(spec, {
      fetch,
      cache,
      hub,
      signal: io.signal,
    });
    return { ...common, files, bytesOnServer, willDownload, licence, keptSince: null };
  } finally {
    io.progress('');
  }
}

/** Files that are named; a large dataset has hundreds. */
const SHOWN_FILES = 4;

export function downloadWords(download: Download): string {
  const { spec, files, bytesOnServer, textBytes, willDownload, licence, keptSince } = download;
  if (keptSince !== null)
    return `${spec}: kept since ${keptSince.slice(0, 10)}, ${amount(textBytes, 'B')} of text; nothing is fetched`;
  const shown = files.slice(0, SHOWN_FILES).map(({ name, size }) => `${name}${sizeWords(size)}`);
  if (files.length > shown.length) shown.push(`and ${files.length - shown.length} more`);
  return [
    spec,
    labelled([
      ['  files', shown.join('\n')],
      ['  on the server', bytesOnServer === null ? 'size not said' : amount(bytesOnServer, 'B')],
      ['  licence', licence ?? 'not said; look it up where the corpus comes from'],
      [
        '  download',
        `${willDownload === null ? 'size not known' : `about ${amount(willDownload, 'B')}`}, for at most ${amount(textBytes, 'B')} of text`,
      ],
    ]),
  ].join('\n');
}

function sizeWords(size: number | null): string {
  return size === null ? '' : `, ${amount(size, 'B')}`;
}
