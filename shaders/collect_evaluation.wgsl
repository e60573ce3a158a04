// Ends a batch of an evaluation: sums the nats of each window, token by token in order.
//
//   losses   [run][ROWS]
//   cursor   [next, current, windows]
//   results  [run][windows]
//
// An invocation takes a window. Grid: ROWS / CONTEXT / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read> losses: array<f32>;
@group(0) @binding(1) var<storage, read_write> cursor: array<u32, 3>;
@group(0) @binding(2) var<storage, read_write> results: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let row = flat_index(at);
  if (row >= ROWS / CONTEXT) { return; }
  let run = at.group.z;
  let window = cursor[1] + row;
  if (row == 0u && run == 0u) { cursor[0] = cursor[1] + ROWS / CONTEXT; }
  if (window >= cursor[2]) { return; }
  var sum = 0.0;
  for (var t = 0u; t < CONTEXT; t++) {
    sum += losses[run * ROWS + row * CONTEXT + t];
  }
  results[run * cursor[2] + window] = sum;
}
