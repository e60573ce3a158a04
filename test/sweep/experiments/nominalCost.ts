/** What runs cost where first stages are trained once, without a text: windows and learning rates say what is shared. */

import type { ManifestRun } from '../../../src/formats/manifest.ts';
import { familiesOf } from '../../../src/sweep/families.ts';
import { byteTokenizer } from '../../../src/text/tokenizer/bytes.ts';
import type { Corpora } from '../../../src/train/fleet/plan.ts';

const TRAINING_TOKENS = 1_000_000;
const VALIDATION_TOKENS = 1000;

export type NominalCost = {
  /** 6·N·D of all runs, FLOPs. */
  readonly all: number;
  /** Of it, what forks take from another run. */
  readonly shared: number;
  /** Runs that begin anew. */
  readonly beginnings: number;
};

export function nominalCost(runs: readonly ManifestRun[]): NominalCost {
  const known = new Map<string, Corpora>();
  const { forks, savedFlops } = familiesOf(
    runs.map(({ id, config }) => ({ ...config, name: id })),
    ({ corpora }) => {
      const key = JSON.stringify(corpora);
      const made = known.get(key) ?? madeUpCorpora(key);
      known.set(key, made);
      return made;
    },
  );
  return {
    all: runs.reduce((sum, { flops }) => sum + flops, 0),
    shared: savedFlops,
    beginnings: runs.length - forks.length,
  };
}

function madeUpCorpora(name: string): Corpora {
  const text = (side: string) => ({
    name: `${name} ${side}`,
    sha256: `${name} ${side}`,
    train: new Uint16Array(TRAINING_TOKENS),
    validation: new Uint16Array(VALIDATION_TOKENS),
  });
  return { target: text('target'), source: text('source'), tokenizer: byteTokenizer } as unknown as Corpora;
}
