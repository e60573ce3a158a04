/** Which of the models at hand a run begins from, and whether it can. */

import type { TrainConfig } from '../../formats/config.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { llamaConfig, RunConfigError } from '../fleet/plan.ts';
import { longerContext, otherModel } from './config.ts';
import type { StartModel } from './start.ts';

/**
 * The model among `starts` that a config names; null for a run that begins with fresh weights. `tokenizer` is the one that made the run's
 * tokens. Throws {@link RunConfigError} where the model is not at hand, or is of another shape or tokenizer than the config's.
 */
export function chooseStart(
  config: TrainConfig,
  tokenizer: Tokenizer,
  starts: readonly StartModel[],
): StartModel | null {
  const { start: named } = config;
  if (!named) return null;
  const fail = (field: string, problem: string): never => {
    throw new RunConfigError(config.name, field, problem);
  };
  const start = starts.find(
    ({ fingerprint, moments }) =>
      fingerprint === named.fingerprint &&
      (named.moments?.fingerprint ?? null) === (moments?.fingerprint ?? null) &&
      (named.moments?.step ?? null) === (moments?.step ?? null),
  );
  if (!start) {
    return fail(
      'start',
      `the run begins from ${named.name}, whose weights are not here (fingerprint ${named.fingerprint}${named.moments ? `, with moments of step ${named.moments.step}` : ''}); train it where they are, with m3lab train --from`,
    );
  }
  const has = start.config;
  const wants = llamaConfig(config, has.vocabulary);
  for (const field of ['layers', 'width', 'heads', 'mlp', 'tied'] as const) {
    if (wants[field] !== has[field]) fail(`model.${field}`, otherModel(wants[field], has[field], start.name));
  }
  if (wants.context > has.context) {
    fail('model.context', longerContext(wants.context, has.context, start.name));
  }
  if (tokenizer.fingerprint !== start.tokenizer.fingerprint) {
    fail(
      'tokenizer',
      `the texts were read with another tokenizer (fingerprint ${tokenizer.fingerprint}) than that of ${start.name} (${start.tokenizer.fingerprint}), the model that the run begins from`,
    );
  }
  return start;
}
