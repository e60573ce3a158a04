/** A folder as one zip file; the same files give the same bytes, whenever and wherever they are packed. */

import { type Zippable, zipSync } from 'fflate';
import type { FolderFiles } from './folder.ts';

/** Weights are as good as random: to pack them takes long and gains little. */
const UNPACKABLE = /\.(safetensors|onnx)$/;

/** A zip with one folder in it. Everything is held in memory twice while it works. */
export function zipped(files: FolderFiles, folderName: string): Uint8Array {
  const entries: Zippable = {};
  // The earliest that a zip can hold. It is written as the clock on the wall shows it, so it is the same in every time zone.
  const mtime = new Date(1980, 0, 1);
  for (const [path, bytes] of files) {
    entries[`${folderName}/${path}`] = [bytes, { level: UNPACKABLE.test(path) ? 0 : 6, mtime }];
  }
  return zipSync(entries);
}
