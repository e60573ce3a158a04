/** The tokenizer that a config asks for, for a pair that is prepared. */

import type { TokenizerConfig } from '../../formats/config.ts';
import { byteTokenizer } from '../tokenizer/bytes.ts';
import { readTokenizer } from '../tokenizer/file/read.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { PreparedPair } from './pair.ts';
import { inField, PairError } from './pairError.ts';
import { type SubsetBpeProgress, trainSubsetBpe } from './subsetBpe.ts';

export type TokenizerOptions = {
  /** The value of the `tokenizer.json` at a path; throws an error of its own, which names the file. */
  readonly file: (path: string) => Promise<unknown>;
  readonly signal?: AbortSignal | undefined;
  /** Hears of a BPE in training. */
  readonly onProgress?: ((progress: SubsetBpeProgress) => void) | undefined;
};

/**
 * The tokenizer of a config. A BPE is trained here, and sees of the target no more than the first `targetTokens` (D_T) of its own tokens.
 * Throws {@link PairError}, which names the field; rejects with the signal's reason when aborted.
 */
export async function tokenizerFor(
  config: TokenizerConfig,
  pair: PreparedPair,
  targetTokens: number,
  { file, signal, onProgress }: TokenizerOptions,
): Promise<Tokenizer> {
  switch (config.kind) {
    case 'bytes':
      return byteTokenizer;
    case 'bpe':
      try {
        return (await trainSubsetBpe(pair, config, targetTokens, { signal, onProgress })).tokenizer;
      } catch (error) {
        throw inField('tokenizer.vocabulary', error, signal);
      }
    case 'file':
      return fileTokenizer(config, file, signal);
  }
}

async function fileTokenizer(
  { path, fingerprint }: Extract<TokenizerConfig, { kind: 'file' }>,
  open: TokenizerOptions['file'],
  signal: AbortSignal | undefined,
): Promise<Tokenizer> {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const tokenizer = await open(path)
    .then((json) => readTokenizer(json, name))
    .catch((error: unknown) => {
      throw inField('tokenizer.path', error, signal);
    });
  if (fingerprint === undefined || fingerprint === tokenizer.fingerprint) return tokenizer;
  throw new PairError(
    'tokenizer.fingerprint',
    `the tokenizer has changed: ${path} has the fingerprint ${tokenizer.fingerprint}, and the config asks for ${fingerprint}; bring the file it was written for, or take the fingerprint out`,
  );
}
