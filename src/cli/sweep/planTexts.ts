/** The texts that a design names, read for its plan. */

import type { TrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { type TextFacts, type TextRefusal, textFacts } from '../../sweep/design/texts.ts';
import type { Corpora } from '../../train/fleet/plan.ts';
import { textReader } from '../corpora/configs.ts';
import type { Io } from '../io.ts';

export type PlanTexts = {
  readonly readTexts: (configs: readonly TrainConfig[]) => Promise<readonly (TextFacts | TextRefusal)[]>;
  /** What the facts are of. */
  readonly corporaOf: (facts: TextFacts) => Corpora;
};

/**
 * Paths begin at the folder of `path`, the design. Reading throws `ConfigError` and `InputError`, which name it and the field. `read` is
 * given where what it reads is to be read again for training.
 */
export function planTexts(
  path: string,
  io: Io,
  read = textReader({ io, savedTokenizer: async () => null }),
): PlanTexts {
  const known = new Map<TextFacts, Corpora>();
  const readOne = async (config: TrainConfig): Promise<TextFacts | TextRefusal> => {
    try {
      const corpora = (await read([{ path, config }])).corporaOf(config);
      const facts = textFacts(corpora);
      known.set(facts, corpora);
      return facts;
    } catch (error) {
      // Whether so few tokens give a BPE of so many is known only when it is trained, and differs from D_T to D_T.
      const isRefusal = error instanceof ConfigError && error.field === 'tokenizer.vocabulary';
      if (!isRefusal) throw error;
      return { field: error.field, problem: error.problem };
    }
  };
  return {
    readTexts: async (configs) => {
      const facts: (TextFacts | TextRefusal)[] = [];
      for (const config of configs) facts.push(await readOne(config));
      return facts;
    },
    corporaOf: (facts) => {
      const corpora = known.get(facts);
      if (!corpora) throw new RangeError('facts of texts that were not read here');
      return corpora;
    },
  };
}
