/** The text of the shaders that several kernels include, by name. */

import corpus from '../../shaders/prelude/corpus.wgsl?raw';
import invocation from '../../shaders/prelude/invocation.wgsl?raw';
import numbers from '../../shaders/prelude/numbers.wgsl?raw';
import runState from '../../shaders/prelude/run_state.wgsl?raw';

export const PRELUDE: Readonly<Record<string, string>> = {
  corpus,
  invocation,
  numbers,
  run_state: runState,
};
