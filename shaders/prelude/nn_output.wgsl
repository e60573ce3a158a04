// Y = X·W: what both families of this product share, its bindings and what becomes of a finished sum.
//
//   x  [run][ROWS][INNER]       gradient of a layer's output, runs X_RUN4 vectors apart
//   w  [run][INNER][COLUMNS]    weights, runs W_RUN4 vectors apart
//   y  [run][ROWS][COLUMNS]     gradient of the layer's input, runs Y_RUN4 vectors apart
//
// SWIGLU: the product is dh, the gradient of h = silu(gate)·up. y is then [run][ROWS][2·COLUMNS], d gate before d up,
// and gate_up holds the forward values in the same layout. Columns come in pairs of neighbouring vectors of four.
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> w: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
//#if SWIGLU
@group(0) @binding(3) var<storage, read> gate_up: array<vec4f>;
//#end

const COLUMN_PAIRS: u32 = COLUMNS4 / 2u;

fn write_vector(run: u32, row: u32, column4: u32, sum: vec4f) {
//#if SWIGLU
  let at = run * Y_RUN4 + row * 2u * COLUMNS4 + column4;
  let gate = gate_up[at];
  let up = gate_up[at + COLUMNS4];
  let s = logistic4(gate);
  y[at] = sum * up * s * (1.0 + gate * (1.0 - s));
  y[at + COLUMNS4] = sum * gate * s;
//#else
  y[run * Y_RUN4 + row * COLUMNS4 + column4] = sum;
//#end
}

fn write_pair(run: u32, row: u32, pair: u32, a_sum: vec4f, b_sum: vec4f) {
  write_vector(run, row, 2u * pair, a_sum);
  write_vector(run, row, 2u * pair + 1u, b_sum);
}
