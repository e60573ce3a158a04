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
const ROW_TILES: u32 = (ROWS + 4u * LEFT - 1u) / (4u * LEFT);

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
//#include slab_rows_begin
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
//#include slab_rows_end
}
