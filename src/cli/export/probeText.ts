/** The text that an exported model is checked on: what the run was validated on, or what the user names. */

import type { CorporaConfig, TrainConfig } from '../../formats/config.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import type { RunRecord } from '../../formats/record.ts';
import { tokenize } from '../../text/corpus/corpus.ts';
import { tokenizeText } from '../../text/corpus/tokenizeText.ts';
import { preparePair } from '../../text/pair/pair.ts';
import { PairError } from '../../text/pair/pairError.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { AskedCorpus } from '../arguments.ts';
import { nodeOpeners } from '../corpora/openers.ts';
import { checkHash, openAsked } from '../corpora/readCorpus.ts';
import type { Io } from '../io.ts';
import { InputError, isInputError } from '../report.ts';
import { readingLine } from '../words/texts.ts';

/** A tokenised text, and what it is called. */
export type ProbeText = { readonly tokens: Uint16Array; readonly name: string };

/** The text that `--text` names, whole. Throws what its readers throw. */
export async function askedText(asked: AskedCorpus, tokenizer: Tokenizer, io: Io): Promise<ProbeText> {
  const named = { ...asked, what: '--text' };
  const text = await tokenizeText({ ...(await openAsked(named, io)), tokenizer, signal: io.signal });
  checkHash(named, text.sha256);
  return { tokens: text.tokens, name: asked.text };
}

/**
 * The held-out target text of the run. Throws {@link InputError} where it is not to be found from the record, saying what to do: a
 * record names files without their folders.
 */
export async function validationText(
  record: RunRecord | null,
  tokenizer: Tokenizer,
  io: Io,
): Promise<ProbeText> {
  if (record === null)
    throw new InputError('--check: this model has no record that names its texts; name one with --text');
  const { corpora } = record.config;
  const spec = corpora.targetValidation ?? corpora.target;
  for (const text of [corpora.target, corpora.targetValidation]) checkCanBeFound(text);
  const { target } = await preparePair(targetAlone(corpora), nodeOpeners(io, '--check'), {
    signal: io.signal,
    onProgress: (read) => io.progress(readingLine(read)),
  }).catch((error: unknown) => {
    if (!(error instanceof PairError)) throw error;
    if (error.cause !== undefined && !isInputError(error.cause)) throw error.cause;
    throw new InputError(`--check: ${error.problem}; name another text with --text`, { cause: error });
  });
  io.progress('');
  return { tokens: await tokenize(target.validation, tokenizer, io), name: `held-out text of ${spec}` };
}

function checkCanBeFound(text: string | undefined): void {
  const spec = text === undefined ? null : parseCorpusSpec(text);
  if (spec?.scheme !== 'file') return;
  throw new InputError(
    `--check: the model was trained on the file ${spec.path}, and its record does not say where that lies; name it, or another text, with --text`,
  );
}

/** What is held out of the target depends on nothing else. */
function targetAlone(corpora: TrainConfig['corpora']): CorporaConfig {
  return { ...corpora, source: null, nearDuplicates: 'ignore' };
}
