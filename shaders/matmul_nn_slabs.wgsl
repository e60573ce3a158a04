// Y = X·W through workgroup memory: the gradient of a linear layer's input, dX = dY·W, with the backward pass of SwiGLU fused in.
// Bindings and epilogue: prelude/nn_output.wgsl. The tile and its slabs: prelude/slab.wgsl.
//
// x lies along the inner dimension and is turned as it is brought in; w lies across it already.
// Grid: tiles in x, y; runs in z. For devices with fast workgroup memory.

//#include invocation
//#include numbers
//#include nn_output
//#include slab

const STEP4: u32 = STEP / 4u;
const PAIR_TILES: u32 = (COLUMN_PAIRS + SIDE - 1u) / SIDE;
const ROW_TILES: u32 = (ROWS + 4u * LEFT - 1u) / (4u * LEFT);

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let run = at.group.z;
  // The grid may be longer than the tiles; the last tile is then computed again, and its values written again.
  let tile = tile_of(min(flat_group(at), ROW_TILES * PAIR_TILES - 1u), PAIR_TILES);
  let first_row = tile.x * 4u * LEFT;
  let first_pair = tile.y * SIDE;
  let x_at = run * X_RUN4;
  let w_at = run * W_RUN4;
//#include slab_sums
  for (var slab = 0u; slab < INNER4 / STEP4; slab++) {
//#include left_transposed
    for (var block = at.lane; block < RIGHT * STEP; block += WORKGROUP) {
      let vector = block % RIGHT;
      let inner = block / RIGHT;
      let pair = min(first_pair + vector % SIDE, COLUMN_PAIRS - 1u);
      right[block] = w[w_at + (slab * STEP + inner) * COLUMNS4 + 2u * pair + vector / SIDE];
    }
//#include slab_product
  }
  let pair = first_pair + across;
  let row = first_row + 4u * LEFT_VECTORS * down;
  if (pair >= COLUMN_PAIRS) { return; }
//#for v in 0..LEFT_VECTORS
  if (row + 4u * $vu < ROWS) {
//#for o in 0..4
    write_pair(run, row + 4u * $vu + $ou, pair, a_sum$v$o, b_sum$v$o);
//#end
  }
//#end
}
