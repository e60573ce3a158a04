/** Which recipes train side by side: those of one model and one batch. */

import type { TrainConfig } from '../../../formats/config.ts';

/** Names of runs, a list for each fleet, in the order in which they train; as the trainer groups them. */
export function fleetsOf(configs: readonly TrainConfig[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { name, model, optimizer, evaluation, tokenizer } of configs) {
    const key = JSON.stringify([model, optimizer.batch, evaluation.windows, tokenizer]);
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  return [...groups.values()];
}
