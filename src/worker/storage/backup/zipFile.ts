/** Writes a zip archive into a blob, file after file. */

import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { BackupTooLargeError, MOST_BYTES } from './errors.ts';

/** What is packed in one go: so long the worker answers nobody. */
const PIECE_BYTES = 2 ** 20;
/** Parts that are gathered before the browser is given them, which may put them on the disk. */
const GATHERED_BYTES = 32 * 2 ** 20;
/** Weights and moments are as good as random: to pack them takes long and gains nothing. */
const UNPACKABLE = /\.(safetensors|zip|gz|zst|parquet)$/i;
export class ZipFile {
  readonly #zip: Zip;
  #gathered: BlobPart[] = [];
  #gatheredBytes = 0;
  readonly #parts: BlobPart[] = [];
  #bytes = 0;
  #failure: Error | null = null;

  constructor() {
    this.#zip = new Zip((error, chunk) => {
      if (error) this.#failure = error;
      else this.#take(chunk);
    });
  }

  /** Adds a file; the pieces are read as they are needed. Throws {@link BackupTooLargeError}; rejects with the signal's reason. */
  async add(
    name: string,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const file = UNPACKABLE.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    this.#zip.add(file);
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; at += PIECE_BYTES) {
        signal.throwIfAborted();
        // The packer keeps what it is given, and some of it is a view of something that changes.
        file.push(piece.slice(at, at + PIECE_BYTES));
        this.#check();
        await breath();
      }
    }
    file.push(new Uint8Array(0), true);
    this.#check();
  }

  end(type = 'application/zip'): Blob {
    this.#zip.end();
    this.#check();
    this.#settle();
    return new Blob(this.#parts, { type });
  }

  #take(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    this.#gathered.push(chunk as Uint8Array<ArrayBuffer>);
    this.#gatheredBytes += chunk.length;
    if (this.#gatheredBytes >= GATHERED_BYTES) this.#settle();
  }

  #settle(): void {
    this.#parts.push(new Blob(this.#gathered));
    this.#gathered = [];
    this.#gatheredBytes = 0;
  }

  #check(): void {
    if (this.#failure) throw this.#failure;
    if (this.#bytes > MOST_BYTES) throw new BackupTooLargeError(this.#bytes);
  }
}

/** Lets others be answered. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
