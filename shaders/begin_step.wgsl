// Begins a micro-batch of a training step: looks up the plan's windows and fetches their tokens.
//
//   state    [run]                        next_step says which step of the plan this is
//   windows  [run][plan_steps][BATCH]     where each window begins in the corpus
//   corpus   two 16-bit tokens a word     shared by all runs
//   inputs   [run][ROWS]
//   targets  [run][ROWS]                  the token after each input
//
// MICRO is the micro-batch, 0 first; a run past its plan repeats its last step and is not updated.
// An invocation takes a token. Grid: ROWS / 64 in x, y; runs in z.

//#include invocation
//#include run_state
//#include corpus

@group(0) @binding(0) var<storage, read> state: array<RunState>;
@group(0) @binding(1) var<storage, read> windows: array<u32>;
@group(0) @binding(2) var<storage, read> corpus: array<u32>;
@group(0) @binding(3) var<storage, read_write> inputs: array<u32>;
@group(0) @binding(4) var<storage, read_write> targets: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let row = flat_index(at);
  if (row >= ROWS) { return; }
  let run = at.group.z;
  let step = min(state[run].next_step, state[run].steps - 1u);
  let window = windows[(run * state[run].plan_steps + step) * BATCH + MICRO * (ROWS / CONTEXT) + row / CONTEXT];
  let place = window + row % CONTEXT;
  inputs[run * ROWS + row] = token_at(place);
  targets[run * ROWS + row] = token_at(place + 1u);
}
