// G = YᵀX: the gradient of a linear layer's weights, split over the tokens into slices that are summed later in a
// fixed order, so that few weights and many tokens still fill the device and the same bits come out every time.
//
//   y  [run][ROWS][OUT]              gradient of the layer's output
//   x  [run][ROWS][IN]               the layer's input
//   g  [run][slice][arena of ARENA]  bound from the tensor's place in the arena on; [OUT][IN] there
//
// An invocation holds 4·OUT_VECTORS outputs × 8 inputs of one slice in registers. ACCUMULATE adds to what is there (micro-batches
// after the first, logits chunks after the first).
// Grid: tiles · slices / 64 in x, y; runs in z. Used once a weight matrix.

//#include invocation

@group(0) @binding(0) var<storage, read> y: array<vec4f>;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> g: array<vec4f>;

const TILES: u32 = (OUT4 / OUT_VECTORS) * (IN4 / 2u);
const SLICE_ROWS: u32 = ROWS / SLICES;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= TILES * SLICES) { return; }
  let run = at.group.z;
  let slice = index / TILES;
  let tile = index % TILES;
  let out = (tile / (IN4 / 2u)) * OUT_VECTORS; // in vectors of 4 outputs
  let a = (tile % (IN4 / 2u)) * 2u;

  var y_at = run * Y_RUN4 + slice * SLICE_ROWS * OUT4 + out;
  var x_at = run * X_RUN4 + slice * SLICE_ROWS * IN4 + a;
//#for v in 0..OUT_VECTORS
//#for o in 0..4
  var a_sum$v$o = vec4f();
  var b_sum$v$o = vec4f();
//#end
//#end
  for (var t = 0u; t < SLICE_ROWS; t++) {
//#for v in 0..OUT_VECTORS
    let grad$v = y[y_at + $vu];
//#end
    let x_a = x[x_at];
    let x_b = x[x_at + 1u];
//#for v in 0..OUT_VECTORS
//#for o in 0..4
    a_sum$v$o += grad$v[$o] * x_a;
    b_sum$v$o += grad$v[$o] * x_b;
//#end
//#end
    y_at += OUT4;
    x_at += IN4;
  }

  let g_at = (run * SLICES + slice) * ARENA4 + out * 4u * IN4 + a;
//#for v in 0..OUT_VECTORS
//#for o in 0..4
  {
    let row_at = g_at + ($vu * 4u + $ou) * IN4;
//#if ACCUMULATE
    g[row_at] += a_sum$v$o;
    g[row_at + 1u] += b_sum$v$o;
//#else
    g[row_at] = a_sum$v$o;
    g[row_at + 1u] = b_sum$v$o;
//#end
  }
//#end
//#end
}
