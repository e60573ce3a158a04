// Y = X·Wᵀ through workgroup memory: what a linear layer with weights [out, in] computes, with what follows it fused in.
// Bindings and epilogues: prelude/nt_output.wgsl. The tile and its slabs: prelude/slab.wgsl.
//
// Both operands lie along the inner dimension, so both are turned as they are brought in.
// Grid: tiles in x, y; runs in z. For devices with fast workgroup memory.

//#include invocation
//#include numbers
//#include nt_output
//#include slab

const STEP4: u32 = STEP / 4u;
const ROW_TILES: u32 = (ROWS + 4u * LEFT - 1u) / (4u * LEFT);

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
//#include slab_rows_begin
  for (var slab = 0u; slab < INNER4 / STEP4; slab++) {
//#include left_transposed
    for (var block = at.lane; block < RIGHT * STEP4; block += WORKGROUP) {
      let vector = block / STEP4;
      let inner = block % STEP4;
      let first = first_of(min(first_pair + vector % SIDE, COLUMN_PAIRS - 1u));
      let column = 4u * (first + (vector / SIDE) * PAIRS_PER_BLOCK);
//#for o in 0..4
      let line$o = w[w_at + (column + $ou) * INNER4 + slab * STEP4 + inner];
//#end
//#for k in 0..4
      right[(4u * inner + $ku) * RIGHT + vector] = vec4f(line0[$k], line1[$k], line2[$k], line3[$k]);
//#end
    }
//#include slab_product
  }
//#include slab_rows_end
}
