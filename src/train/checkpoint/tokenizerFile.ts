/** The tokenizer of a checkpoint, with errors that say which file of it is wrong. */

import { TokenizerError } from '../../text/tokenizer/errors.ts';
import { readTokenizer } from '../../text/tokenizer/file/read.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { CheckpointError } from './error.ts';

/** The tokenizer of a `tokenizer.json`; `file` is for errors. Throws {@link CheckpointError} where it cannot be used. */
export async function readTokenizerFile(json: unknown, file: string): Promise<Tokenizer> {
  try {
    return await readTokenizer(json, file);
  } catch (error) {
    if (!(error instanceof TokenizerError)) throw error;
    throw new CheckpointError(file, error.problem, error);
  }
}
