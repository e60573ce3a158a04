/** A file that took everything along, opened again: what it is, whether it is whole, and the files in it. */

import { BACKUP_FILES, type BackupAbout, parseBackupAbout } from '../../../formats/backup.ts';
import { ConfigError } from '../../../formats/configError.ts';
import { JsonError, parseJson } from '../../../formats/json.ts';
import { TextError } from '../../../text/errors.ts';
import type { RandomSource } from '../../../text/readers/source.ts';
import { readDirectory, type ZipEntry } from '../../../text/readers/zipDirectory.ts';
import { checkKind, unpackedEntry } from '../../../text/readers/zipEntry.ts';
import { BackupError } from './errors.ts';

/** A file as it is picked; `File` is one. */
export type PickedBackup = Pick<Blob, 'size' | 'slice'> & { readonly name: string };

export class Archive {
  readonly about: BackupAbout;
  readonly #source: RandomSource;
  readonly #entries: ReadonlyMap<string, ZipEntry>;

  private constructor(source: RandomSource, entries: ReadonlyMap<string, ZipEntry>, about: BackupAbout) {
    this.#source = source;
    this.#entries = entries;
    this.about = about;
  }

  /** Throws {@link BackupError} where it is no such file, is cut off, or was made by a newer version. */
  static async open(file: PickedBackup, signal: AbortSignal): Promise<Archive> {
    const source: RandomSource = {
      name: file.name,
      size: file.size,
      slice: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
    };
    const mark = new TextDecoder().decode(await source.slice(0, 2));
    if (mark !== 'PK') {
      throw new BackupError(
        file.name,
        `this is no zip archive, and so not what “Take everything along” wrote`,
      );
    }
    return inWords(file.name, async () => {
      const found = await readDirectory(source, signal);
      const entries = new Map(found.map((entry) => [entry.name, entry] as const));
      const about = entries.get(BACKUP_FILES.about);
      if (!about) {
        throw new BackupError(
          file.name,
          `there is no ${BACKUP_FILES.about} in it, so it is not what “Take everything along” wrote`,
        );
      }
      const json = await textOf(source, about, signal);
      const opened = parseBackupAbout(parseJson(json, BACKUP_FILES.about), file.name);
      return new Archive(source, entries, opened);
    });
  }

  get bytes(): number {
    return this.#source.size;
  }

  /** Names of the files under a folder, without it. */
  under(folder: string): string[] {
    return [...this.#entries.keys()]
      .filter((name) => name.startsWith(folder) && !name.endsWith('/'))
      .map((name) => name.slice(folder.length));
  }

  /** Reads everything and holds it against its checksums; changes nothing. Throws {@link BackupError}. */
  async check(signal: AbortSignal, onShare: (share: number) => void): Promise<void> {
    let read = 0;
    for (const entry of this.#entries.values()) {
      await inWords(this.#source.name, async () => {
        checkKind(entry.name, entry);
        for await (const _ of unpackedEntry(this.#source, entry, entry.name, signal)) {
          // To be held against its checksum it has to be unpacked.
        }
      });
      read += entry.packedBytes;
      onShare(Math.min(1, read / this.bytes));
    }
  }

  /** The bytes of a file; null where there is none of that name. Throws {@link BackupError}. */
  async read(name: string, signal: AbortSignal): Promise<Uint8Array | null> {
    const entry = this.#entries.get(name);
    if (!entry) return null;
    return inWords(this.#source.name, () => bytesOf(this.#source, entry, signal));
  }

  /** A file's JSON; null where there is none of that name. Throws {@link BackupError}. */
  async json<T>(
    name: string,
    parse: (value: unknown, file: string) => T,
    signal: AbortSignal,
  ): Promise<T | null> {
    const entry = this.#entries.get(name);
    if (!entry) return null;
    const place = `${this.#source.name}/${name}`;
    return inWords(this.#source.name, async () =>
      parse(parseJson(await textOf(this.#source, entry, signal), place), place),
    );
  }
}

async function textOf(source: RandomSource, entry: ZipEntry, signal: AbortSignal): Promise<string> {
  return new TextDecoder().decode(await bytesOf(source, entry, signal));
}

async function bytesOf(source: RandomSource, entry: ZipEntry, signal: AbortSignal): Promise<Uint8Array> {
  checkKind(entry.name, entry);
  const bytes = new Uint8Array(entry.bytes);
  let at = 0;
  for await (const piece of unpackedEntry(source, entry, entry.name, signal)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Errors of those who read archives and JSON, as errors of this file. */
async function inWords<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof TextError) {
      throw new BackupError(
        file,
        `it is damaged or cut off (${error.message}); nothing of it was taken`,
        error,
      );
    }
    if (error instanceof ConfigError) {
      const problem = error.field === 'version' ? error.problem : error.message;
      throw new BackupError(file, `${problem}; nothing of it was taken`, error);
    }
    if (error instanceof JsonError) {
      throw new BackupError(file, `${error.message}; nothing of it was taken`, error);
    }
    throw error;
  }
}
