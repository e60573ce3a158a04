// G = YᵀX: what both families of this product share, its bindings and what becomes of a finished sum. The tokens are split
// into slices that are summed later in a fixed order, so that few weights and many tokens still fill the device and the
// same bits come out every time.
//
//   y  [run][ROWS][OUT]              gradient of the layer's output, runs Y_RUN4 vectors apart
//   x  [run][ROWS][IN]               the layer's input, runs X_RUN4 vectors apart
//   g  [run][slice][arena of ARENA]  bound from the tensor's place in the arena on; [OUT][IN] there
//
// ACCUMULATE adds to what is there (micro-batches after the first, logits chunks after the first). Inputs come in pairs of
// neighbouring vectors of four.
@group(0) @binding(0) var<storage, read> y: array<vec4f>;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> g: array<vec4f>;

const COLUMN_PAIRS: u32 = IN4 / 2u;
const SLICE_ROWS: u32 = ROWS / SLICES;

fn write_pair(run: u32, slice: u32, out: u32, pair: u32, a_sum: vec4f, b_sum: vec4f) {
  let at = (run * SLICES + slice) * ARENA4 + out * IN4 + 2u * pair;
//#if ACCUMULATE
  g[at] += a_sum;
  g[at + 1u] += b_sum;
//#else
  g[at] = a_sum;
  g[at + 1u] = b_sum;
//#end
}
