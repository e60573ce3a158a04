/** The text of what several shaders include, by name. */

import attentionStrip from '../../shaders/prelude/attention_strip.wgsl?raw';
import corpus from '../../shaders/prelude/corpus.wgsl?raw';
import invocation from '../../shaders/prelude/invocation.wgsl?raw';
import leftTransposed from '../../shaders/prelude/left_transposed.wgsl?raw';
import nnOutput from '../../shaders/prelude/nn_output.wgsl?raw';
import ntOutput from '../../shaders/prelude/nt_output.wgsl?raw';
import numbers from '../../shaders/prelude/numbers.wgsl?raw';
import runState from '../../shaders/prelude/run_state.wgsl?raw';
import sharedRows from '../../shaders/prelude/shared_rows.wgsl?raw';
import slab from '../../shaders/prelude/slab.wgsl?raw';
import slabProduct from '../../shaders/prelude/slab_product.wgsl?raw';
import slabRowsBegin from '../../shaders/prelude/slab_rows_begin.wgsl?raw';
import slabRowsEnd from '../../shaders/prelude/slab_rows_end.wgsl?raw';
import slabSums from '../../shaders/prelude/slab_sums.wgsl?raw';
import tnOutput from '../../shaders/prelude/tn_output.wgsl?raw';

export const PRELUDE: Readonly<Record<string, string>> = {
  attention_strip: attentionStrip,
  corpus,
  invocation,
  left_transposed: leftTransposed,
  nn_output: nnOutput,
  nt_output: ntOutput,
  numbers,
  run_state: runState,
  shared_rows: sharedRows,
  slab,
  slab_product: slabProduct,
  slab_rows_begin: slabRowsBegin,
  slab_rows_end: slabRowsEnd,
  slab_sums: slabSums,
  tn_output: tnOutput,
};
