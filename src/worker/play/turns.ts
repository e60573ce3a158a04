/** One thing after the other for all models: by WebAssembly ONNX Runtime computes on this thread, and hears nothing while it does. */

import type { OrtRuntime } from '../../export/ort/session.ts';
import { Breather } from '../../text/breather.ts';

/** A runtime whose models take turns, run by run, with a rest now and then in which a stop can be heard. */
export function inTurns(runtime: OrtRuntime): OrtRuntime {
  const breather = new Breather(undefined);
  let last: Promise<unknown> = Promise.resolve();
  const turn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(async () => {
      if (breather.isDue()) await breather.rest();
      return work();
    });
    last = done.catch(() => {});
    return done;
  };
  return {
    name: runtime.name,
    provider: runtime.provider,
    create: async (onnx) => {
      const session = await turn(() => runtime.create(onnx));
      return {
        inputs: session.inputs,
        outputs: session.outputs,
        run: (feeds) => turn(() => session.run(feeds)),
        release: () => turn(() => session.release()),
      };
    },
  };
}
