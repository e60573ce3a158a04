/** What tells whether two models are one: their weights, their shape and their tokenizer, whatever file they came in. */

import { filesOfBytes } from '../../train/start/files.ts';
import { readStart, type StartModel } from '../../train/start/start.ts';

export function fingerprintOf({
  fingerprint,
  tokenizer,
}: Pick<StartModel, 'fingerprint' | 'tokenizer'>): string {
  return `${fingerprint} ${tokenizer.fingerprint}`;
}

/** Of files of a model; null where they are none that could be brought along: one whose weights are no longer finite, say. */
export async function fingerprintOfFiles(files: ReadonlyMap<string, Uint8Array>): Promise<string | null> {
  try {
    return fingerprintOf(await readStart(filesOfBytes(files), ''));
  } catch {
    return null;
  }
}

/** Those of folders, which take a while to compute: of a folder's step it is always the same. */
export class Fingerprints {
  readonly #known = new Map<
    string,
    { readonly step: number | null; readonly fingerprint: Promise<string | null> }
  >();

  of(
    folder: string,
    step: number | null,
    read: () => Promise<ReadonlyMap<string, Uint8Array>>,
  ): Promise<string | null> {
    const known = this.#known.get(folder);
    if (known?.step === step) return known.fingerprint;
    const fingerprint = read().then(fingerprintOfFiles);
    this.#known.set(folder, { step, fingerprint });
    // What could not be read may be there later.
    fingerprint.catch(() => this.#known.delete(folder));
    return fingerprint;
  }
}
