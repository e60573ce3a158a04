/** Which runs of a list can share a fleet. */

import type { TrainConfig } from '../../formats/config.ts';

/** Fields that all runs of a fleet have in common; their sources may differ in that some have none. */
const SHARED_FIELDS = [
  'model.layers',
  'model.width',
  'model.heads',
  'model.mlp',
  'model.context',
  'model.tied',
  'optimizer.batch',
  'corpora.target',
  'corpora.targetValidation',
  'corpora.sourceValidation',
  'evaluation.windows',
] as const;

/** The configs in groups, each of which one fleet can train; groups in the order of their first run, runs in theirs. */
export function groupConfigs(configs: readonly TrainConfig[]): readonly (readonly TrainConfig[])[] {
  const groups: { readonly key: string; source: string | null; readonly configs: TrainConfig[] }[] = [];
  for (const config of configs) {
    const key = JSON.stringify(SHARED_FIELDS.map((field) => fieldOf(config, field) ?? null));
    const { source } = config.corpora;
    const group = groups.find(
      (other) => other.key === key && (source === null || other.source === null || other.source === source),
    );
    if (group) {
      group.configs.push(config);
      group.source ??= source;
    } else groups.push({ key, source, configs: [config] });
  }
  return groups.map((group) => group.configs);
}

function fieldOf(config: TrainConfig, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);
}
