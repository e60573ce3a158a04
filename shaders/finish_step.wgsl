// Ends the backward pass of a step: sums the loss, takes the gradient's norm, decides whether the step counts.
//
//   losses    [run][MICROS][ROWS]            nats of each token
//   squares   [run][PARTIALS]                partial sums of squared gradients
//   schedule  [run][plan_steps]              learning rate, both bias corrections
//   state     [run]
//   ring      [run][RING]                    loss and gradient norm by step, the oldest overwritten
//
// A loss or gradient that is not finite stops this run at this step, before it touches a weight; the other runs of the
// fleet do not notice. One workgroup a run; sums are taken in a fixed order.
// Grid: 1; runs in z.

//#include invocation
//#include numbers
//#include run_state

@group(0) @binding(0) var<storage, read> losses: array<f32>;
@group(0) @binding(1) var<storage, read> squares: array<f32>;
@group(0) @binding(2) var<storage, read> schedule: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> state: array<RunState>;
@group(0) @binding(4) var<storage, read_write> ring: array<vec2f>;

var<workgroup> lane_sums: array<vec2f, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let run = at.group.z;
  var sums = vec2f();
  for (var i = at.lane; i < LOSSES; i += WORKGROUP) {
    sums.x += losses[run * LOSSES + i];
  }
  for (var i = at.lane; i < PARTIALS; i += WORKGROUP) {
    sums.y += squares[run * PARTIALS + i];
  }
  lane_sums[at.lane] = sums;
  workgroupBarrier();
  if (at.lane != 0u) { return; }

  var total = vec2f();
  for (var lane = 0u; lane < WORKGROUP; lane++) {
    total += lane_sums[lane];
  }
  let now = state[run];
  if (now.status != RUNNING) {
    state[run].applies = 0u;
    return;
  }
  let loss = total.x / f32(LOSSES);
  let norm = sqrt(total.y);
  if (!is_finite(loss) || !is_finite(norm)) {
    state[run].status = DIVERGED;
    state[run].applies = 0u;
    return;
  }
  let planned = schedule[run * now.plan_steps + now.next_step];
  state[run].scale = select(1.0, now.clip / norm, now.clip > 0.0 && norm > now.clip);
  state[run].learning_rate = planned.x;
  state[run].correction1 = planned.y;
  state[run].correction2 = planned.z;
  state[run].applies = 1u;
  state[run].next_step = now.next_step + 1u;
  if (now.next_step + 1u >= now.steps) {
    state[run].status = DONE;
  }
  ring[run * RING + now.next_step % RING] = vec2f(loss, norm);
}
