// Y = X·Wᵀ: what a linear layer with weights [out, in] computes, with what follows it fused in.
//
//   x  [run][ROWS][INNER]       activations
//   w  [run][COLUMNS][INNER]    weights, runs W_RUN4 vectors apart
//   y  [run][ROWS][COLUMNS]
//
// An invocation holds a tile of TILE_ROWS rows and twice 4 columns in registers: columns `a` … a+3 and `b` … b+3. Where b
// lies is what the epilogues turn on:
//   plain     b = a + 4
//   RESIDUAL  the same, and y = residual + X·Wᵀ
//   ROTARY    b = a + headDim/2, the partner in Hugging Face's half-split rotation; q and k are rotated, v is not
//   SWIGLU    a is a gate, b its up-projection; h = silu(gate)·up is written as well
// No workgroup memory, no barrier. Sizes are multiples of 16, so only the end of the grid is guarded.
// Grid: tiles / 64 in x, y; runs in z. Used by every linear layer of the forward pass.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> w: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
//#if RESIDUAL
@group(0) @binding(3) var<storage, read> residual: array<vec4f>; // [run][ROWS][COLUMNS]
//#end
//#if ROTARY
@group(0) @binding(3) var<storage, read> rotary: array<vec4f>; // cos [CONTEXT][headDim/2], then sin
//#end
//#if SWIGLU
@group(0) @binding(3) var<storage, read_write> h: array<vec4f>; // [run][ROWS][COLUMNS/2]
//#end

const TILES: u32 = (ROWS / TILE_ROWS) * (COLUMNS4 / 2u);

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let tile = flat_index(at);
  if (tile >= TILES) { return; }
  let run = at.group.z;
  let row = (tile / (COLUMNS4 / 2u)) * TILE_ROWS;
  let pair = tile % (COLUMNS4 / 2u);
  let a = (pair / PAIRS_PER_BLOCK) * (2u * PAIRS_PER_BLOCK) + pair % PAIRS_PER_BLOCK; // in vectors of 4 columns
  let b = a + PAIRS_PER_BLOCK;

  let x_at = run * X_RUN4 + row * INNER4;
  let a_at = run * W_RUN4 + a * 4u * INNER4;
  let b_at = run * W_RUN4 + b * 4u * INNER4;
//#for r in 0..TILE_ROWS
  var a_sum$r = vec4f();
  var b_sum$r = vec4f();
//#end
  for (var i = 0u; i < INNER4; i++) {
//#for r in 0..TILE_ROWS
    let x$r = x[x_at + $ru * INNER4 + i];
//#end
//#for c in 0..4
    let a$c = w[a_at + $cu * INNER4 + i];
    let b$c = w[b_at + $cu * INNER4 + i];
//#end
//#for r in 0..TILE_ROWS
    a_sum$r += vec4f(dot(x$r, a0), dot(x$r, a1), dot(x$r, a2), dot(x$r, a3));
    b_sum$r += vec4f(dot(x$r, b0), dot(x$r, b1), dot(x$r, b2), dot(x$r, b3));
//#end
  }

  let y_at = run * Y_RUN4 + row * COLUMNS4;
//#if ROTARY
  if (a < ROTATED4) { // q and k; v follows them
    let feature = a % (2u * PAIRS_PER_BLOCK);
//#for r in 0..TILE_ROWS
    {
      let angle = ((row + $ru) % CONTEXT) * PAIRS_PER_BLOCK + feature;
      let cosine = rotary[angle];
      let sine = rotary[CONTEXT * PAIRS_PER_BLOCK + angle];
      let first = a_sum$r;
      a_sum$r = first * cosine - b_sum$r * sine;
      b_sum$r = b_sum$r * cosine + first * sine;
    }
//#end
  }
//#end
//#for r in 0..TILE_ROWS
//#if RESIDUAL
  a_sum$r += residual[y_at + $ru * COLUMNS4 + a];
  b_sum$r += residual[y_at + $ru * COLUMNS4 + b];
//#end
  y[y_at + $ru * COLUMNS4 + a] = a_sum$r;
  y[y_at + $ru * COLUMNS4 + b] = b_sum$r;
//#if SWIGLU
  h[run * (Y_RUN4 / 2u) + (row + $ru) * (COLUMNS4 / 2u) + a] = a_sum$r * logistic4(a_sum$r) * b_sum$r;
//#end
//#end
}
