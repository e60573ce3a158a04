/** Findings that say where the learning rates they stand on may be better elsewhere. */

import type { RecipeKind } from '../../law/point.ts';
import type { Finding, ResultRun } from './experiment.ts';
import { ratesAtEdgeWords } from './rates.ts';
import type { Model, Setting } from './settings.ts';

/** Adds it to what was measured, for each model whose best rate of one of these kinds was the last that was tried. */
export function notingRates(
  findings: readonly Finding[],
  results: readonly ResultRun[],
  setting: Setting,
  models: readonly Model[],
  kinds: readonly RecipeKind[],
): Finding[] {
  const words = models
    .map((model) => ratesAtEdgeWords(results, setting, model, kinds))
    .filter((one) => one !== '')
    .map((one) => ` ${one.charAt(0).toUpperCase()}${one.slice(1)}.`)
    .join('');
  return findings.map((finding) => ({ ...finding, measured: `${finding.measured}${words}` }));
}
