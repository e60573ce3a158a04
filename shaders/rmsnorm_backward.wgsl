// RMSNorm, backward: with z = dy · gain and x̂ = x · rstd,
//   dx    = rstd · (z − x̂ · mean(z · x̂))
//   dgain = Σ over rows of dy · x̂
//
//   dy     [run][ROWS][WIDTH]
//   x      [run][ROWS][WIDTH]        the norm's input, with its rstd [run][ROWS]
//   gain   [WIDTH], runs GAIN_RUN4 vectors apart
//   dx     [run][ROWS][WIDTH]        ADD: added to the residual stream's gradient that is there already
//   dgain  [run][norm][GAIN_SLICES][GAIN_STRIDE], bound from this norm on: partial sums, a stretch of rows each
//
// Both halves read the same tensors and neither reads what the other writes, so one dispatch serves both: in the first
// DX_GROUPS workgroups SHARERS invocations take a row, in the others one takes a slice and four columns.
// Grid: DX_GROUPS + GAIN_SLICES · WIDTH/4 / 64 in x, y; runs in z.

//#include invocation
//#include shared_rows

@group(0) @binding(0) var<storage, read> dy: array<vec4f>;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> rstd: array<f32>;
@group(0) @binding(3) var<storage, read> gain: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dx: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dgain: array<vec4f>;

const SLICE_ROWS: u32 = ROWS / GAIN_SLICES;

fn input_gradient(run: u32, row: u32, lane: u32) {
  let first = (run * ROWS + row) * WIDTH4;
  let scale = rstd[run * ROWS + row];
  var products = vec4f();
  for (var c = lane % SHARERS; c < WIDTH4; c += SHARERS) {
    products += dy[first + c] * gain[run * GAIN_RUN4 + c] * x[first + c];
  }
  let mean = row_sum(lane, dot(products, vec4f(1.0))) * scale / f32(WIDTH4 * 4u);
  for (var c = lane % SHARERS; c < WIDTH4; c += SHARERS) {
    let z = dy[first + c] * gain[run * GAIN_RUN4 + c];
    let gradient = scale * (z - x[first + c] * scale * mean);
//#if ADD
    dx[first + c] += gradient;
//#else
    dx[first + c] = gradient;
//#end
  }
}

fn gain_gradient(run: u32, index: u32) {
  if (index >= GAIN_SLICES * WIDTH4) { return; }
  let slice = index / WIDTH4;
  let column = index % WIDTH4;
  var sum = vec4f();
  for (var t = 0u; t < SLICE_ROWS; t++) {
    let row = run * ROWS + slice * SLICE_ROWS + t;
    sum += dy[row * WIDTH4 + column] * x[row * WIDTH4 + column] * rstd[row];
  }
  let target_at = run * DGAIN_RUN4 + slice * GAIN_STRIDE4 + column;
//#if ACCUMULATE
  dgain[target_at] += sum;
//#else
  dgain[target_at] = sum;
//#end
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let index = group_index(group);
  if (index >= DX_GROUPS) {
    gain_gradient(group.z, (index - DX_GROUPS) * WORKGROUP + lane);
    return;
  }
  let row = index * ROWS_PER_GROUP + lane / SHARERS;
//#if SHARED
  // Rows come in sixteens, so that a workgroup has all its rows or none.
  input_gradient(group.z, row, lane);
//#else
  if (row < ROWS) { input_gradient(group.z, row, lane); }
//#end
}
