// RMSNorm: y = x · rstd · gain, rstd = 1 / √(mean(x²) + ε).
//
//   x     [run][ROWS][WIDTH]
//   gain  [WIDTH], runs GAIN_RUN4 vectors apart
//   y     [run][ROWS][WIDTH]
//   rstd  [run][ROWS]           kept for the backward pass
//
// An invocation takes a row. Grid: ROWS / 64 in x, y; runs in z. Used before attention, before the MLP and the head.

//#include invocation

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> gain: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> rstd: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let row = flat_index(at);
  if (row >= ROWS) { return; }
  let run = at.group.z;
  let first = (run * ROWS + row) * WIDTH4;
  var squares = vec4f();
  for (var c = 0u; c < WIDTH4; c++) {
    let value = x[first + c];
    squares += value * value;
  }
  let mean = dot(squares, vec4f(1.0)) / f32(WIDTH4 * 4u);
  let scale = 1.0 / sqrt(mean + EPSILON);
  rstd[run * ROWS + row] = scale;
  for (var c = 0u; c < WIDTH4; c++) {
    y[first + c] = x[first + c] * scale * gain[run * GAIN_RUN4 + c];
  }
}
