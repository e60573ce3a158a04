/** Configs of tests that differ from a small one in a field or two. */

import { parseTrainConfig, type TrainConfig } from '../../src/formats/config.ts';

/** Sections by name; a recipe is given whole, of other sections the fields that change. */
export type Changes = { [section: string]: unknown };

export function configWith(base: Readonly<Changes>, changes: Changes): TrainConfig {
  const config: Changes = { ...base };
  for (const [section, value] of Object.entries(changes)) {
    const isSection = typeof value === 'object' && value !== null && section !== 'recipe';
    config[section] = isSection ? { ...(config[section] as object), ...value } : value;
  }
  return parseTrainConfig(config, 'test');
}
