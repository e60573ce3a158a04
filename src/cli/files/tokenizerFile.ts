/** Tokenizers that a user names by their files. */

import { parseJson } from '../../formats/json.ts';
import { readTokenizer } from '../../text/tokenizer/file/read.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { readTextFile } from './files.ts';

/** `what` names the option or the field. Throws `InputError`, `JsonError` and `TokenizerError`, each with the file. */
export async function openTokenizer(path: string, what: string): Promise<Tokenizer> {
  return readTokenizer(parseJson(await readTextFile(path, what), path), path);
}
