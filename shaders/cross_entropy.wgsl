// Softmax cross-entropy: loss = log Σ_v exp(logit_v) − logit_target, in nats; GRADIENT turns the logits, in place, into
// their own gradient (softmax − one-hot) · GRADIENT_SCALE, with zeros in the padding of the vocabulary.
//
//   logits   [run][ROWS][padded vocabulary]   one chunk of rows
//   targets  [run][TARGET_RUN]                the chunk's rows from TARGET_FIRST on
//   losses   [run][LOSS_RUN]                  the chunk's rows from LOSS_FIRST on
//
// SHARERS invocations take a row: one pass for largest and sum, one to write. Grid: ROWS · SHARERS / 64 in x, y; runs in z.

//#include invocation
//#include numbers
//#include shared_rows

@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> targets: array<u32>;
@group(0) @binding(2) var<storage, read_write> losses: array<f32>;

const FULL4: u32 = VOCABULARY / 4u;

// The vector that the vocabulary's end cuts, with what lies past it far below every logit.
fn last_vector(at: u32) -> vec4f {
  let lanes = vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(-1e30), logits[at], lanes < vec4u(VOCABULARY % 4u));
}

// GRADIENT_SCALE where vector `v` of the vocabulary holds the target, else 0.
fn one_hot(v: u32, target_token: u32) -> vec4f {
  let tokens = vec4u(v * 4u) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(), vec4f(GRADIENT_SCALE), tokens == vec4u(target_token));
}

fn largest_of(value: vec4f) -> f32 {
  return max(max(value.x, value.y), max(value.z, value.w));
}

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
  let first = (run * ROWS + row) * PADDED4;
  let target_token = targets[run * TARGET_RUN + TARGET_FIRST + row];

  let target_logit = logits[first + target_token / 4u][target_token % 4u];
  var own_largest = -1e30;
  var sums = vec4f();
  for (var v = share; v < FULL4; v += SHARERS) {
    let value = logits[first + v];
    let next = max(own_largest, largest_of(value));
    sums = sums * exp_below(own_largest - next) + exp4_below(value - next);
    own_largest = next;
  }
//#if TAIL
  if (share == FULL4 % SHARERS) {
    let value = last_vector(first + FULL4);
    let next = max(own_largest, largest_of(value));
    sums = sums * exp_below(own_largest - next) + exp4_below(value - next) * select(vec4f(), vec4f(1.0), value > vec4f(-1e29));
    own_largest = next;
  }
//#end
  let largest = row_largest(lane, own_largest);
  let lse = largest + log(row_sum(lane, dot(sums, vec4f(1.0)) * exp_below(own_largest - largest)));
  if (share == 0u) {
    losses[run * LOSS_RUN + LOSS_FIRST + row] = lse - target_logit;
  }

//#if GRADIENT
//#if SHARED
  // Every share has read what it needs before any share writes.
  storageBarrier();
//#end
  for (var v = share; v < FULL4; v += SHARERS) {
    logits[first + v] = exp4_below(logits[first + v] - lse) * GRADIENT_SCALE - one_hot(v, target_token);
  }
  for (var v = FULL4 + share; v < PADDED4; v += SHARERS) {
//#if TAIL
    if (v == FULL4) {
      let value = last_vector(first + v);
      let probability = select(vec4f(), exp4_below(value - lse), value > vec4f(-1e29));
      logits[first + v] = probability * GRADIENT_SCALE - one_hot(v, target_token);
      continue;
    }
//#end
    logits[first + v] = vec4f();
  }
//#end
}
