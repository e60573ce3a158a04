// RMSNorm: y = x · rstd · gain, rstd = 1 / √(mean(x²) + ε).
//
//   x     [run][ROWS][WIDTH]
//   gain  [WIDTH], runs GAIN_RUN4 vectors apart
//   y     [run][ROWS][WIDTH]
//   rstd  [run][ROWS]           kept for the backward pass
//
// SHARERS invocations take a row. Grid: ROWS · SHARERS / 64 in x, y; runs in z. Used before attention, before the MLP and the
// head.

//#include invocation
//#include shared_rows

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> gain: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> rstd: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let first_row = group_index(group) * ROWS_PER_GROUP;
  let row = first_row + lane / SHARERS;
  let share = lane % SHARERS;
//#if SHARED
  // Rows come in sixteens, so that a workgroup has all its rows or none.
  if (first_row >= ROWS) { return; }
//#else
  if (row >= ROWS) { return; }
//#end
  let run = group.z;
  let first = (run * ROWS + row) * WIDTH4;
  var squares = vec4f();
  for (var c = share; c < WIDTH4; c += SHARERS) {
    let value = x[first + c];
    squares += value * value;
  }
  let mean = row_sum(lane, dot(squares, vec4f(1.0))) / f32(WIDTH4 * 4u);
  let scale = 1.0 / sqrt(mean + EPSILON);
  if (share == 0u) { rstd[run * ROWS + row] = scale; }
  for (var c = share; c < WIDTH4; c += SHARERS) {
    y[first + c] = x[first + c] * scale * gain[run * GAIN_RUN4 + c];
  }
}
