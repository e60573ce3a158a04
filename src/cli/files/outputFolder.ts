/** A folder that a command writes: whole, or not at all. */

import { mkdir, open, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../report.ts';
import { codeOf } from './codeOf.ts';
import { beginPart, noFolder } from './part.ts';

/** What is to be written: a path with `/` → bytes. */
type Files = ReadonlyMap<string, Uint8Array>;

export class OutputFolder {
  readonly #place: string;
  readonly #part: string;
  readonly #option: string;

  private constructor(place: string, part: string, option: string) {
    this.#place = place;
    this.#part = part;
    this.#option = option;
  }

  /**
   * Begins a folder beside its place. Throws {@link InputError}, naming `option`, where there is something already that is not an empty
   * folder, or nothing can be written.
   */
  static async begin(path: string, option: string): Promise<OutputFolder> {
    await checkIsFree(path, option);
    const place = await realpath(path).catch(() => resolve(path));
    const { part } = await beginPart({ place, path, option }, (folder) => mkdir(folder));
    return new OutputFolder(place, part, option);
  }

  async write(files: Files): Promise<void> {
    for (const [path, bytes] of files) {
      const file = join(this.#part, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'wx');
      try {
        await handle.writeFile(bytes);
        // The folder is not to take its name before what is in it has reached the disk.
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }

  /** From here on the folder is there. Throws {@link InputError} where something else has come to lie in its place. */
  async commit(): Promise<void> {
    await checkIsFree(this.#place, this.#option);
    // Not every system renames onto a folder, even an empty one.
    await rmdir(this.#place).catch(() => {});
    await rename(this.#part, this.#place);
  }

  /** Leaves nothing behind; to be called where `commit` was not, or failed. */
  async abandon(): Promise<void> {
    await rm(this.#part, { recursive: true, force: true }).catch(() => {});
  }
}

async function checkIsFree(path: string, option: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return;
    if (code === 'ENOTDIR') throw noFolder(path, option);
    throw new InputError(`${option}: ${path} cannot be used (${code ?? error})`);
  }
  if (!isFolder) throw new InputError(`${option}: ${path} is a file; name a folder that is not there yet`);
  if ((await readdir(path)).length > 0)
    throw new InputError(`${option}: ${path} holds something already; name a folder that is not there yet`);
}
