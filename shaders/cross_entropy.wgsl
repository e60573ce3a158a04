// Softmax cross-entropy: loss = log Σ_v exp(logit_v) − logit_target, in nats; GRADIENT turns the logits, in place, into
// their own gradient (softmax − one-hot) · GRADIENT_SCALE, with zeros in the padding of the vocabulary.
//
//   logits   [run][ROWS][padded vocabulary]   one chunk of rows
//   targets  [run][TARGET_RUN]                the chunk's rows from TARGET_FIRST on
//   losses   [run][LOSS_RUN]                  the chunk's rows from LOSS_FIRST on
//
// An invocation takes a row: one pass for largest and sum, one to write. Grid: ROWS / 64 in x, y; runs in z.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read_write> logits: array<vec4f>;
@group(0) @binding(1) var<storage, read> targets: array<u32>;
@group(0) @binding(2) var<storage, read_write> losses: array<f32>;

const FULL4: u32 = VOCABULARY / 4u;

// The vector that the vocabulary's end cuts, with what lies past it far below every logit.
fn last_vector(at: u32) -> vec4f {
  let lanes = vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(-1e30), logits[at], lanes < vec4u(VOCABULARY % 4u));
}

fn largest_of(value: vec4f) -> f32 {
  return max(max(value.x, value.y), max(value.z, value.w));
}

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let row = flat_index(at);
  if (row >= ROWS) { return; }
  let run = at.group.z;
  let first = (run * ROWS + row) * PADDED4;
  let target_token = targets[run * TARGET_RUN + TARGET_FIRST + row];

  var largest = -1e30;
  var sums = vec4f();
  for (var v = 0u; v < FULL4; v++) {
    let value = logits[first + v];
    let next = max(largest, largest_of(value));
    sums = sums * exp_below(largest - next) + exp4_below(value - next);
    largest = next;
  }
//#if TAIL
  {
    let value = last_vector(first + FULL4);
    let next = max(largest, largest_of(value));
    sums = sums * exp_below(largest - next) + exp4_below(value - next) * select(vec4f(), vec4f(1.0), value > vec4f(-1e29));
    largest = next;
  }
//#end
  let lse = largest + log(dot(sums, vec4f(1.0)));
  let target_at = first + target_token / 4u;
  losses[run * LOSS_RUN + LOSS_FIRST + row] = lse - logits[target_at][target_token % 4u];

//#if GRADIENT
  for (var v = 0u; v < FULL4; v++) {
    logits[first + v] = exp4_below(logits[first + v] - lse) * GRADIENT_SCALE;
  }
  for (var v = FULL4; v < PADDED4; v++) {
//#if TAIL
    if (v == FULL4) {
      let value = last_vector(first + v);
      logits[first + v] = select(vec4f(), exp4_below(value - lse) * GRADIENT_SCALE, value > vec4f(-1e29));
      continue;
    }
//#end
    logits[first + v] = vec4f();
  }
  logits[target_at][target_token % 4u] -= GRADIENT_SCALE;
//#end
}
