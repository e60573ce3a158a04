/** What a command opens corpora with: files of this machine, the network, and the folder where fetched text is kept. */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { FolderStore } from '../../store/folder.ts';
import { TextCache } from '../../store/textCache.ts';
import type { ByteSource } from '../../text/document.ts';
import type { Openers } from '../../text/openCorpus.ts';
import type { HubAddresses } from '../../text/remote/huggingFace.ts';
import { cacheFolder } from '../files/cacheFolder.ts';
import { readableFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';

const CHUNK_BYTES = 2 ** 20;

/** `what` stands before the error of a file that cannot be opened: an option, or the field of a config. */
export function nodeOpeners(io: Io, what = 'corpus'): Openers & { readonly cache: TextCache } {
  return {
    file: ({ path }) => fileSource(path, what),
    fetch: (url, init) => fetch(url, init),
    cache: keptTexts(io),
    hub: hubAddresses(process.env),
  };
}

/** The texts that earlier commands fetched. What is wrong with them is said, and stops nothing. */
export function keptTexts(io: Io): TextCache {
  return new TextCache(new FolderStore(cacheFolder()), (words) => io.say(`note: ${words}`));
}

/**
 * A file to be read from its beginning or in parts; what is no regular file, such as a pipe, only from its beginning, and
 * once. `name` is what errors and records call it. Throws {@link InputError} where there is none, or it cannot be read.
 */
export async function fileSource(
  path: string,
  what: string,
  name: string = basename(path),
): Promise<ByteSource> {
  const facts = await readableFile(path, what).catch((error: unknown) => {
    throw withOptionsAdvice(error, path);
  });
  const isFile = facts.isFile();
  return {
    name,
    size: isFile ? facts.size : null,
    stream: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }),
    slice: isFile ? (start, end) => readPart(path, start, end) : null,
  };
}

/** A path may hold a question mark; where there is no such file, it was probably to begin the options. */
function withOptionsAdvice(error: unknown, path: string): unknown {
  if (!(error instanceof InputError) || !/\?\w+=/.test(path)) return error;
  const meant = `file:${path.replace(/\?(?=\w+=)/, '#')}`;
  return new InputError(`${error.message}; options of a file stand behind a #, not a ?: ${meant}`, {
    cause: error,
  });
}

/** Bytes `start` … `end − 1`, or as many of them as there are. */
async function readPart(path: string, start: number, end: number): Promise<Uint8Array> {
  const part = new Uint8Array(end - start);
  // Opened for each part: a reader that stops early has nothing to close.
  const file = await open(path, 'r');
  try {
    let filled = 0;
    while (filled < part.length) {
      const { bytesRead } = await file.read(part, filled, part.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return part.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** `M3LAB_HUB` names a mirror of the Hugging Face hub that also answers for its dataset viewer; undefined: Hugging Face itself. */
export function hubAddresses({
  M3LAB_HUB: address,
}: Readonly<Record<string, string | undefined>>): HubAddresses | undefined {
  if (!address) return undefined;
  if (!URL.canParse(address) || !/^https?:/.test(address)) {
    throw new InputError(`M3LAB_HUB: ${address} is not an address; give one that begins with https://`);
  }
  const base = address.replace(/\/+$/, '');
  return { hub: base, viewer: base };
}
