/** Planned runs → lines of a manifest, whose configs name exactly the texts that the plan was made for. */

import {
  type CorpusHashes,
  hashedCorpora,
  type TokenizerConfig,
  type TrainConfig,
} from '../../formats/config.ts';
import { formatCorpusSpec, parseCorpusSpec } from '../../formats/corpusSpec.ts';
import type { ManifestRun } from '../../formats/manifest.ts';
import type { PlannedRun } from './complete.ts';

/** Turns a path as the design has it, from the design's folder, into one from the manifest's. */
export type Relocate = (path: string) => string;

export function manifestRuns(
  runs: readonly PlannedRun[],
  relocate: Relocate = (path) => path,
): ManifestRun[] {
  return runs.map(({ id, config, texts, tags, nominal, flops, steps }) => ({
    version: 1,
    id,
    config: pinned(config, texts.hashes, relocate),
    tags,
    nominal,
    flops,
    steps,
  }));
}

/** The config with the hash of every text that could change, and paths that begin at the manifest's folder. */
function pinned(config: TrainConfig, hashes: CorpusHashes, relocate: Relocate): TrainConfig {
  const specOf = (text: string, sha256: string | null): string => {
    const spec = parseCorpusSpec(text);
    if (spec.scheme === 'world') return text;
    const known = { ...spec, sha256: sha256 ?? spec.sha256 };
    return formatCorpusSpec(known.scheme === 'file' ? { ...known, path: relocate(known.path) } : known);
  };
  return {
    ...config,
    corpora: hashedCorpora(config.corpora, hashes, specOf),
    tokenizer: pinnedTokenizer(config.tokenizer, hashes.tokenizer, relocate),
  };
}

function pinnedTokenizer(
  tokenizer: TokenizerConfig,
  fingerprint: string | undefined,
  relocate: Relocate,
): TokenizerConfig {
  if (tokenizer.kind !== 'file') return tokenizer;
  const known = fingerprint ?? tokenizer.fingerprint;
  return {
    kind: 'file',
    path: relocate(tokenizer.path),
    ...(known !== undefined && { fingerprint: known }),
  };
}
