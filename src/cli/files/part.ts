/** What is written beside its place, and moved there when it is whole. */

import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../report.ts';
import { codeOf } from './codeOf.ts';

/**
 * Begins a part beside `place`, by `begin`; `path` is what the user called the place, and `option` where. Throws {@link InputError} where
 * nothing can be written.
 */
export async function beginPart<T>(
  { place, path, option }: { readonly place: string; readonly path: string; readonly option: string },
  begin: (part: string) => Promise<T>,
): Promise<{ readonly part: string; readonly begun: T }> {
  // A name of its own, so that two commands that write the same do not write into each other's.
  const part = join(dirname(place), `.${basename(place)}.${randomBytes(4).toString('hex')}.part`);
  try {
    return { part, begun: await begin(part) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw noFolder(path, option);
    throw new InputError(`${option}: nothing can be written in ${dirname(path)} (${code ?? error})`);
  }
}

/** There is no folder that `path` could lie in. */
export function noFolder(path: string, option: string): InputError {
  return new InputError(`${option}: there is no folder ${dirname(path)}; make it first`);
}
