/** A file that a command writes: whole, or not at all. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { InputError } from '../report.ts';
import { codeOf } from './codeOf.ts';
import { beginPart } from './part.ts';

/** Small writes are gathered up to this size. */
const BATCH_BYTES = 2 ** 18;

/**
 * What is to become of a file that is there already: it is replaced; it is refused at once; or it may stay where it turns out to hold
 * the same bytes, and is refused else.
 */
export type Existing = 'replace' | 'refuse' | 'keep if same';

export class OutputFile {
  readonly #path: string;
  readonly #part: string;
  readonly #handle: FileHandle;
  /** Thrown where what is there differs; null where it is replaced. */
  readonly #refusal: InputError | null;
  #batch: string[] = [];
  #batchUnits = 0;

  private constructor(path: string, part: string, handle: FileHandle, refusal: InputError | null) {
    this.#path = path;
    this.#part = part;
    this.#handle = handle;
    this.#refusal = refusal;
  }

  /**
   * Begins a file beside its place. Throws {@link InputError}, naming `option`, where there is something already that may not be
   * written over, or nothing can be written.
   */
  static async begin(path: string, option: string, existing: Existing): Promise<OutputFile> {
    const { place, isThere } = await placeOf(path, option);
    const words = `${option}: ${path} is there already; name another file, or add --force to replace it`;
    const refusal = isThere && existing !== 'replace' ? new InputError(words) : null;
    if (refusal && existing === 'refuse') throw refusal;
    const { part, begun } = await beginPart({ place, path, option }, (file) => open(file, 'wx'));
    return new OutputFile(place, part, begun, refusal);
  }

  async write(text: string): Promise<void> {
    this.#batch.push(text);
    this.#batchUnits += text.length;
    if (this.#batchUnits >= BATCH_BYTES) await this.#flush();
  }

  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.#flush();
    await this.#handle.writeFile(bytes);
  }

  /** From here on the file is there. Gives whether it was there before, with the same bytes; throws where with others that must stay. */
  async commit(): Promise<{ readonly wasThere: boolean }> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
    if (this.#refusal) {
      if ((await hashOf(this.#part)) !== (await hashOf(this.#path))) throw this.#refusal;
      await this.abandon();
      return { wasThere: true };
    }
    await rename(this.#part, this.#path);
    return { wasThere: false };
  }

  /** Leaves nothing behind; to be called where `commit` was not, or failed. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(this.#part, { force: true }).catch(() => {});
  }

  async #flush(): Promise<void> {
    const text = this.#batch.join('');
    this.#batch = [];
    this.#batchUnits = 0;
    await this.#handle.writeFile(text);
  }
}

/** Where the file will lie: behind a link, where the path is one. */
async function placeOf(path: string, option: string): Promise<{ place: string; isThere: boolean }> {
  let place: string;
  try {
    place = await realpath(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return { place: path, isThere: false };
    throw new InputError(`${option}: ${path} cannot be used (${codeOf(error) ?? error})`);
  }
  const facts = await stat(place);
  if (facts.isDirectory()) throw new InputError(`${option}: ${path} is a folder; name a file in it`);
  if (!facts.isFile()) throw new InputError(`${option}: ${path} is no file that could be replaced`);
  return { place, isThere: true };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
