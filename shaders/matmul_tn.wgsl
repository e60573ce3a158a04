// G = YᵀX in registers, without workgroup memory or barriers: the gradient of a linear layer's weights, in slices of tokens.
// Bindings: prelude/tn_output.wgsl.
//
// An invocation holds 4·OUT_VECTORS outputs × PAIRS pairs of inputs of one slice. QUADS: four neighbours hold different
// outputs for the same 16 inputs, so each loads a quarter of the inputs and hands it round.
// Grid: tiles · slices / WORKGROUP in x, y; runs in z. Used once a weight matrix.

//#if QUADS
enable subgroups;
//#end
//#include invocation
//#include tn_output

const OUT_TILES: u32 = OUT4 / OUT_VECTORS;
const PAIR_TILES: u32 = COLUMN_PAIRS / PAIRS;
const TILES: u32 = OUT_TILES * PAIR_TILES;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
//#if QUADS
  // Whoever hands round must stay, so past the end the last tile is computed once more, and not written.
  let slice = min(index / TILES, SLICES - 1u);
  let tile = index % TILES;
  let out = (tile % OUT_TILES) * OUT_VECTORS; // in vectors of 4 outputs
  let pair = (tile / OUT_TILES) * PAIRS;
  let own = index % 4u;
//#else
  if (index >= TILES * SLICES) { return; }
  let slice = index / TILES;
  let tile = index % TILES;
  let out = (tile / PAIR_TILES) * OUT_VECTORS; // in vectors of 4 outputs
  let pair = (tile % PAIR_TILES) * PAIRS;
  let own = 0u;
//#end
  let run = at.group.z;
  var y_at = run * Y_RUN4 + slice * SLICE_ROWS * OUT4 + out;
  var x_at = run * X_RUN4 + slice * SLICE_ROWS * IN4 + 2u * pair + own;
//#for p in 0..PAIRS
//#for v in 0..OUT_VECTORS
//#for o in 0..4
  var a_sum$v$o_$p = vec4f();
  var b_sum$v$o_$p = vec4f();
//#end
//#end
//#end
  for (var t = 0u; t < SLICE_ROWS; t++) {
//#for v in 0..OUT_VECTORS
    let grad$v = y[y_at + $vu];
//#end
//#if QUADS
    let own_x = x[x_at];
//#end
//#for p in 0..PAIRS
//#if QUADS
    let a$p = quadBroadcast(own_x, 2u * $pu);
    let b$p = quadBroadcast(own_x, 2u * $pu + 1u);
//#else
    let a$p = x[x_at + 2u * $pu];
    let b$p = x[x_at + 2u * $pu + 1u];
//#end
//#for v in 0..OUT_VECTORS
//#for o in 0..4
    a_sum$v$o_$p += grad$v[$o] * a$p;
    b_sum$v$o_$p += grad$v[$o] * b$p;
//#end
//#end
//#end
    y_at += OUT4;
    x_at += IN4;
  }
//#if QUADS
  if (index >= TILES * SLICES) { return; }
//#end
//#for p in 0..PAIRS
//#for v in 0..OUT_VECTORS
//#for o in 0..4
  write_pair(run, slice, (out + $vu) * 4u + $ou, pair + $pu, a_sum$v$o_$p, b_sum$v$o_$p);
//#end
//#end
//#end
}
