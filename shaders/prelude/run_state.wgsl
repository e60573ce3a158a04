// What the device keeps of one run; src/model/program/runState.ts writes and reads the same words.
struct RunState {
  next_step: u32,      // steps taken so far; the step under way is this one, counted from 0
  status: u32,         // RUNNING, DONE or DIVERGED
  steps: u32,          // length of the run's plan
  applies: u32,        // 1 when the step under way may update the weights
  scale: f32,          // factor that clips the gradient of the step under way
  learning_rate: f32,
  correction1: f32,    // 1 / (1 − β1^t)
  correction2: f32,    // 1 / (1 − β2^t)
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weight_decay: f32,
  clip: f32,           // largest gradient norm; 0 for none
  plan_steps: u32,     // steps from one run's plan to the next in the fleet's table
  unused0: u32,
  unused1: u32,
}

const RUNNING: u32 = 0u;
const DONE: u32 = 1u;
const DIVERGED: u32 = 2u;
