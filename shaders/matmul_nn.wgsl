// Y = X·W: the gradient of a linear layer's input, dX = dY·W, with the backward pass of SwiGLU fused in.
//
//   x  [run][ROWS][INNER]       gradient of the layer's output
//   w  [run][INNER][COLUMNS]    weights, runs W_RUN4 vectors apart
//   y  [run][ROWS][COLUMNS]     gradient of the layer's input
//
// SWIGLU: the product is dh, the gradient of h = silu(gate)·up. y is then [run][ROWS][2·COLUMNS], d gate before d up,
// and gate_up holds the forward values in the same layout.
// An invocation holds TILE_ROWS rows × 8 columns in registers. No workgroup memory, no barrier.
// Grid: tiles / 64 in x, y; runs in z. Used by every linear layer of the backward pass.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> w: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
//#if SWIGLU
@group(0) @binding(3) var<storage, read> gate_up: array<vec4f>;
//#end

const TILES: u32 = (ROWS / TILE_ROWS) * (COLUMNS4 / 2u);

//#if SWIGLU
fn write_swiglu_gradient(at: u32, dh: vec4f) {
  let gate = gate_up[at];
  let up = gate_up[at + COLUMNS4];
  let s = logistic4(gate);
  y[at] = dh * up * s * (1.0 + gate * (1.0 - s));
  y[at + COLUMNS4] = dh * gate * s;
}
//#end

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let tile = flat_index(at);
  if (tile >= TILES) { return; }
  let run = at.group.z;
  let row = (tile / (COLUMNS4 / 2u)) * TILE_ROWS;
  let a = (tile % (COLUMNS4 / 2u)) * 2u; // in vectors of 4 columns

  let x_at = run * X_RUN4 + row * INNER4;
  let w_at = run * W_RUN4 + a;
//#for r in 0..TILE_ROWS
  var a_sum$r = vec4f();
  var b_sum$r = vec4f();
//#end
  for (var i = 0u; i < INNER4; i++) {
//#for r in 0..TILE_ROWS
    let x$r = x[x_at + $ru * INNER4 + i];
//#end
//#for k in 0..4
    let a$k = w[w_at + (i * 4u + $ku) * COLUMNS4];
    let b$k = w[w_at + (i * 4u + $ku) * COLUMNS4 + 1u];
//#end
//#for r in 0..TILE_ROWS
//#for k in 0..4
    a_sum$r += x$r[$k] * a$k;
    b_sum$r += x$r[$k] * b$k;
//#end
//#end
  }

//#for r in 0..TILE_ROWS
//#if SWIGLU
  write_swiglu_gradient(run * Y_RUN4 + (row + $ru) * 2u * COLUMNS4 + a, a_sum$r);
  write_swiglu_gradient(run * Y_RUN4 + (row + $ru) * 2u * COLUMNS4 + a + 1u, b_sum$r);
//#else
  y[run * Y_RUN4 + (row + $ru) * COLUMNS4 + a] = a_sum$r;
  y[run * Y_RUN4 + (row + $ru) * COLUMNS4 + a + 1u] = b_sum$r;
//#end
//#end
}
