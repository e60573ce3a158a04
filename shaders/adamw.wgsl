// AdamW with decoupled decay, on a clipped gradient (Loshchilov & Hutter 2019):
//   m ← β1·m + (1−β1)·g,  v ← β2·v + (1−β2)·g²
//   p ← p − lr·( m̂ / (√v̂ + ε) + λ·p ),  m̂ = m/(1−β1^t), v̂ = v/(1−β2^t); λ = 0 for norm gains
//
//   state  [run]                    learning rate, corrections and clip of this step
//   g      [run][SLICES][ARENA]     slice 0 holds the gradient
//   p, m, v  [run][ARENA]
//
// An invocation takes four numbers of the arena. Grid: ARENA/4 / 64 in x, y; runs in z.

//#include invocation
//#include run_state

@group(0) @binding(0) var<storage, read> state: array<RunState>;
@group(0) @binding(1) var<storage, read> g: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> p: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> m: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let i = flat_index(at);
  let run = at.group.z;
  if (i >= ARENA4 || state[run].applies == 0u) { return; }
  let beta1 = state[run].beta1;
  let beta2 = state[run].beta2;
  let gradient = g[run * SLICES * ARENA4 + i] * state[run].scale;
  let index = run * ARENA4 + i;
  let first = beta1 * m[index] + (1.0 - beta1) * gradient;
  let second = beta2 * v[index] + (1.0 - beta2) * gradient * gradient;
  let decay = select(0.0, state[run].weight_decay, i < GAINS4);
  let step = first * state[run].correction1 / (sqrt(second * state[run].correction2) + state[run].epsilon);
  m[index] = first;
  v[index] = second;
  p[index] -= state[run].learning_rate * (step + decay * p[index]);
}
