// Y = X·Wᵀ in registers, without workgroup memory or barriers: what a linear layer with weights [out, in] computes, with what
// follows it fused in. Bindings and epilogues: prelude/nt_output.wgsl.
//
// An invocation holds TILE_ROWS rows × PAIRS pairs of columns. QUADS: four neighbours hold different rows of the same 16
// columns, so each loads a quarter of the weights and hands it round.
// Sizes are multiples of 16, so only the end of the grid is guarded.
// Grid: tiles / WORKGROUP in x, y; runs in z. Used by every linear layer of the forward pass.

//#if QUADS
enable subgroups;
//#end
//#include invocation
//#include numbers
//#include nt_output

const ROW_TILES: u32 = ROWS / TILE_ROWS;
const PAIR_TILES: u32 = COLUMN_PAIRS / PAIRS;
const TILES: u32 = ROW_TILES * PAIR_TILES;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
//#if QUADS
  // Whoever hands round must stay, so past the end the last tile is computed once more, and not written.
  let tile = min(index, TILES - 1u);
  let row = (tile % ROW_TILES) * TILE_ROWS;
  let pair = (tile / ROW_TILES) * PAIRS;
  let own = index % 4u;
  let own_at = first_of(pair + own / 2u) + (own % 2u) * PAIRS_PER_BLOCK; // in vectors of 4 columns
//#else
  if (index >= TILES) { return; }
  let row = (index / PAIR_TILES) * TILE_ROWS;
  let pair = (index % PAIR_TILES) * PAIRS;
//#end
  let run = at.group.z;
  let x_at = run * X_RUN4 + row * INNER4;
//#for p in 0..PAIRS
//#for r in 0..TILE_ROWS
  var a_sum$r_$p = vec4f();
  var b_sum$r_$p = vec4f();
//#end
//#end
//#if QUADS
  let w_at = run * W_RUN4 + own_at * 4u * INNER4;
//#else
//#for p in 0..PAIRS
  let a_at$p = run * W_RUN4 + first_of(pair + $pu) * 4u * INNER4;
  let b_at$p = a_at$p + PAIRS_PER_BLOCK * 4u * INNER4;
//#end
//#end
  for (var i = 0u; i < INNER4; i++) {
//#for r in 0..TILE_ROWS
    let x$r = x[x_at + $ru * INNER4 + i];
//#end
//#if QUADS
//#for c in 0..4
    let own$c = w[w_at + $cu * INNER4 + i];
//#end
//#end
//#for p in 0..PAIRS
//#for c in 0..4
//#if QUADS
    let a$p_$c = quadBroadcast(own$c, 2u * $pu);
    let b$p_$c = quadBroadcast(own$c, 2u * $pu + 1u);
//#else
    let a$p_$c = w[a_at$p + $cu * INNER4 + i];
    let b$p_$c = w[b_at$p + $cu * INNER4 + i];
//#end
//#end
//#for r in 0..TILE_ROWS
    a_sum$r_$p += vec4f(dot(x$r, a$p_0), dot(x$r, a$p_1), dot(x$r, a$p_2), dot(x$r, a$p_3));
    b_sum$r_$p += vec4f(dot(x$r, b$p_0), dot(x$r, b$p_1), dot(x$r, b$p_2), dot(x$r, b$p_3));
//#end
//#end
  }
//#if QUADS
  if (index >= TILES) { return; }
//#end
//#for p in 0..PAIRS
//#for r in 0..TILE_ROWS
  write_pair(run, row + $ru, pair + $pu, a_sum$r_$p, b_sum$r_$p);
//#end
//#end
}
