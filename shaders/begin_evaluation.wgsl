// Begins a batch of an evaluation: fetches the tokens of the next validation windows, the same for every run.
//
//   cursor   [next, current, windows]   first window of the batch to come, and of the one under way; how many there are
//   windows  [windows]           where each validation window begins in the corpus
//   corpus   two 16-bit tokens a word
//   inputs, targets  [run][ROWS]
//
// Windows past the last repeat it; their sums are not kept. An invocation takes a token.
// Grid: ROWS / 64 in x, y; runs in z.

//#include invocation
//#include corpus

@group(0) @binding(0) var<storage, read_write> cursor: array<u32, 3>;
@group(0) @binding(1) var<storage, read> windows: array<u32>;
@group(0) @binding(2) var<storage, read> corpus: array<u32>;
@group(0) @binding(3) var<storage, read_write> inputs: array<u32>;
@group(0) @binding(4) var<storage, read_write> targets: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let row = flat_index(at);
  if (row >= ROWS) { return; }
  let run = at.group.z;
  let first = cursor[0];
  let place = windows[min(first + row / CONTEXT, cursor[2] - 1u)] + row % CONTEXT;
  inputs[run * ROWS + row] = token_at(place);
  targets[run * ROWS + row] = token_at(place + 1u);
  // Nobody reads `current` in this dispatch, and nobody writes `next` in it.
  if (row == 0u && run == 0u) { cursor[1] = first; }
}
