/** Reads parts of the project from the disk, for the tests of the house. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every file under `folder` (or the file itself), relative to the root, with `/`; empty where there is none. */
export function filesUnder(folder: string): string[] {
  const from = join(ROOT, folder);
  const facts = statSync(from, { throwIfNoEntry: false });
  if (!facts) return [];
  if (facts.isFile()) return [folder];
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, '/').length).split(sep).join('/'))
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The parts of the project that the table of rooms speaks of, as path → text. */
export function readRooms(): Map<string, string> {
  const paths = ['index.html', 'package.json', 'src', 'shaders', 'corpora', 'scripts'].flatMap(filesUnder);
  // A README in a room is for people; nothing imports it.
  return new Map(paths.filter((path) => !path.endsWith('.md')).map((path) => [path, readText(path)]));
}
