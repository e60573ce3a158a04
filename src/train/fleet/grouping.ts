/** Which runs of a list can share a fleet. */

import type { TrainConfig } from '../../formats/config.ts';
import type { Corpus } from '../../text/corpus/corpus.ts';
import type { TokenizedPair } from '../../text/pair/pair.ts';

/** Fields that all runs of a fleet have in common, beside their texts. */
const SHARED_FIELDS = [
  'model.layers',
  'model.width',
  'model.heads',
  'model.mlp',
  'model.context',
  'model.tied',
  'optimizer.batch',
  'evaluation.windows',
] as const;

type Group = {
  readonly key: string;
  readonly target: Corpus;
  /** Null as long as no run of the group has a source. */
  source: Corpus | null;
  readonly configs: TrainConfig[];
};

/**
 * The configs in groups, each of which one fleet can train; groups in the order of their first run, runs in theirs. Texts are the
 * same where they are the same object: tokens of one text by two tokenizers are two. Sources may differ in that some runs have none.
 */
export function groupConfigs(
  configs: readonly TrainConfig[],
  corporaOf: (config: TrainConfig) => TokenizedPair,
): readonly (readonly TrainConfig[])[] {
  const groups: Group[] = [];
  for (const config of configs) {
    const fields = SHARED_FIELDS.map((field) => fieldOf(config, field) ?? null);
    const { target, source: given, tokenizer } = corporaOf(config);
    const key = JSON.stringify([...fields, tokenizer.fingerprint]);
    const source = config.corpora.source === null ? null : given;
    const group = groups.find(
      (other) =>
        other.key === key &&
        other.target === target &&
        (source === null || other.source === null || other.source === source),
    );
    if (group) {
      group.configs.push(config);
      group.source ??= source;
    } else groups.push({ key, target, source, configs: [config] });
  }
  return groups.map((group) => group.configs);
}

function fieldOf(config: TrainConfig, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);
}
