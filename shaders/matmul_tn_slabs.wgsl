// G = YᵀX through workgroup memory: the gradient of a linear layer's weights, in slices of tokens.
// Bindings: prelude/tn_output.wgsl. The tile and its slabs: prelude/slab.wgsl; its rows are outputs here.
//
// Both operands lie across the inner dimension, the tokens, and are brought in as they are.
// Grid: tiles · slices in x, y; runs in z. For devices with fast workgroup memory.

//#include invocation
//#include tn_output
//#include slab

const OUT_TILES: u32 = (OUT4 + LEFT - 1u) / LEFT;
const TILES: u32 = OUT_TILES * PAIR_TILES;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let run = at.group.z;
  let group = flat_group(at);
  let slice = min(group / TILES, SLICES - 1u);
  let tile = tile_of(group % TILES, PAIR_TILES);
  let first_out = tile.x * LEFT; // in vectors of 4 outputs
  let first_pair = tile.y * SIDE;
  let y_at = run * Y_RUN4 + slice * SLICE_ROWS * OUT4;
  let x_at = run * X_RUN4 + slice * SLICE_ROWS * IN4;
//#include slab_sums
  for (var slab = 0u; slab < SLICE_ROWS / STEP; slab++) {
    for (var block = at.lane; block < LEFT * STEP; block += WORKGROUP) {
      let out = min(first_out + block % LEFT, OUT4 - 1u);
      left[block] = y[y_at + (slab * STEP + block / LEFT) * OUT4 + out];
    }
    for (var block = at.lane; block < RIGHT * STEP; block += WORKGROUP) {
      let vector = block % RIGHT;
      let pair = min(first_pair + vector % SIDE, COLUMN_PAIRS - 1u);
      right[block] = x[x_at + (slab * STEP + block / RIGHT) * IN4 + 2u * pair + vector / SIDE];
    }
//#include slab_product
  }
  let pair = first_pair + across;
  let out = first_out + LEFT_VECTORS * down;
  // Where the grid is longer than the tiles, nothing may be added twice.
  if (pair >= COLUMN_PAIRS || group >= TILES * SLICES) { return; }
//#for v in 0..LEFT_VECTORS
  if (out + $vu < OUT4) {
//#for o in 0..4
    write_pair(run, slice, (out + $vu) * 4u + $ou, pair, a_sum$v$o, b_sum$v$o);
//#end
  }
//#end
}
