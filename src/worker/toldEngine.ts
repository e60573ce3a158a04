/** An engine that tells what keeps a fleet from its first step: whoever waits for it sees why. */

import type { PipelineCache } from '../gpu/pipelines.ts';
import type { Engine } from '../model/engine.ts';
import type { Teller } from './teller.ts';

/** From one message about kernels that are being compiled to the next. */
const PROGRESS_MS = 250;

export type ToldEngineOptions = {
  /** Of the engine's device. */
  readonly pipelines: Pick<PipelineCache, 'counts'>;
  readonly teller: Pick<Teller, 'tell'>;
};

/** Kernels are chosen for an outline, and compiled for a fleet. */
export function toldEngine(engine: Engine, { pipelines, teller }: ToldEngineOptions): Engine {
  return {
    async outline(...given) {
      try {
        return await engine.outline(...given);
      } finally {
        teller.tell({ event: 'tuning', classes: null });
      }
    },
    async createFleet(...given) {
      const before = pipelines.counts;
      const tell = () => {
        const { asked, compiled } = pipelines.counts;
        const kernels = { compiled: compiled - before.compiled, asked: asked - before.asked };
        teller.tell({ event: 'compiling', kernels });
      };
      tell();
      const timer = setInterval(tell, PROGRESS_MS);
      try {
        return await engine.createFleet(...given);
      } finally {
        clearInterval(timer);
        tell();
        teller.tell({ event: 'compiling', kernels: null });
      }
    },
    isOutOfMemory: (error) => engine.isOutOfMemory(error),
  };
}
