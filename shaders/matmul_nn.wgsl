// Y = X·W in registers, without workgroup memory or barriers: the gradient of a linear layer's input, dX = dY·W, with the
// backward pass of SwiGLU fused in. Bindings and epilogue: prelude/nn_output.wgsl.
//
// An invocation holds TILE_ROWS rows × PAIRS pairs of columns. QUADS: four neighbours hold different rows of the same 16
// columns, so each loads a quarter of the weights and hands it round.
// Grid: tiles / WORKGROUP in x, y; runs in z. Used by every linear layer of the backward pass.

//#if QUADS
enable subgroups;
//#end
//#include invocation
//#include numbers
//#include nn_output

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
  var w_at = run * W_RUN4 + 2u * pair + index % 4u;
//#else
  var w_at = run * W_RUN4 + 2u * pair;
//#end
  for (var i = 0u; i < INNER4; i++) {
//#for r in 0..TILE_ROWS
    let x$r = x[x_at + $ru * INNER4 + i];
//#end
//#for k in 0..4
//#if QUADS
    let own$k = w[w_at + $ku * COLUMNS4];
//#end
//#for p in 0..PAIRS
//#if QUADS
    let a$p_$k = quadBroadcast(own$k, 2u * $pu);
    let b$p_$k = quadBroadcast(own$k, 2u * $pu + 1u);
//#else
    let a$p_$k = w[w_at + $ku * COLUMNS4 + 2u * $pu];
    let b$p_$k = w[w_at + $ku * COLUMNS4 + 2u * $pu + 1u];
//#end
//#for r in 0..TILE_ROWS
    a_sum$r_$p += x$r[$k] * a$p_$k;
    b_sum$r_$p += x$r[$k] * b$p_$k;
//#end
//#end
//#end
    w_at += 4u * COLUMNS4;
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
