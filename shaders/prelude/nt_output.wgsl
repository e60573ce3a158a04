// Y = X·Wᵀ: what both families of this product share, its bindings and what becomes of a finished sum.
//
//   x  [run][ROWS][INNER]       activations, runs X_RUN4 vectors apart
//   w  [run][COLUMNS][INNER]    weights, runs W_RUN4 vectors apart
//   y  [run][ROWS][COLUMNS]     runs Y_RUN4 vectors apart
//
// Columns come in pairs of vectors of four, `a` … a+3 and `b` … b+3. Where b lies is what the epilogues turn on:
//   plain     b = a + 4
//   RESIDUAL  the same, and y = residual + X·Wᵀ
//   ROTARY    b = a + headDim/2, the partner in Hugging Face's half-split rotation; q and k are rotated, v is not
//   SWIGLU    a is a gate, b its up-projection; h = silu(gate)·up is written as well
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> w: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
//#if RESIDUAL
@group(0) @binding(3) var<storage, read> residual: array<vec4f>; // as y
//#end
//#if ROTARY
@group(0) @binding(3) var<storage, read> rotary: array<vec4f>; // cos [CONTEXT][headDim/2], then sin
//#end
//#if SWIGLU
@group(0) @binding(3) var<storage, read_write> h: array<vec4f>; // [run][ROWS][COLUMNS/2]
//#end

const COLUMN_PAIRS: u32 = COLUMNS4 / 2u;

// The vector of columns with which a pair begins; its partner lies PAIRS_PER_BLOCK vectors further.
fn first_of(pair: u32) -> u32 {
  return (pair / PAIRS_PER_BLOCK) * (2u * PAIRS_PER_BLOCK) + pair % PAIRS_PER_BLOCK;
}

fn write_pair(run: u32, row: u32, pair: u32, a_sum: vec4f, b_sum: vec4f) {
  let a = first_of(pair);
  let b = a + PAIRS_PER_BLOCK;
  let y_at = run * Y_RUN4 + row * COLUMNS4;
  var first = a_sum;
  var second = b_sum;
//#if ROTARY
  if (a < ROTATED4) { // q and k; v follows them
    let angle = (row % CONTEXT) * PAIRS_PER_BLOCK + a % (2u * PAIRS_PER_BLOCK);
    let cosine = rotary[angle];
    let sine = rotary[CONTEXT * PAIRS_PER_BLOCK + angle];
    first = a_sum * cosine - b_sum * sine;
    second = b_sum * cosine + a_sum * sine;
  }
//#end
//#if RESIDUAL
  first += residual[y_at + a];
  second += residual[y_at + b];
//#end
  y[y_at + a] = first;
  y[y_at + b] = second;
//#if SWIGLU
  h[run * (Y_RUN4 / 2u) + row * COLUMN_PAIRS + a] = first * logistic4(first) * second;
//#end
}
