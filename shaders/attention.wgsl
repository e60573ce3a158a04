// Causal multi-head attention: o_i = Σ_j≤i softmax_j(q_i·k_j / √headDim) v_j, with the softmax taken on the fly.
//
//   qkv  [run][ROWS][q | k | v], each [HEADS][headDim]; q and k rotated already
//   o    [run][ROWS][HEADS][headDim]
//   lse  [run][window][head][CONTEXT]   log Σ_j exp(score), for the backward pass
//
// An invocation takes one query of one head and keeps query and sum in registers; keys past it are not visited.
// Grid: ROWS · HEADS / 64 in x, y; runs in z. Used once a block.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> o: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> lse: array<f32>;

const WIDTH4: u32 = HEADS * HEAD4;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= ROWS * HEADS) { return; }
  let run = at.group.z;
  let i = index % CONTEXT;
  let head = (index / CONTEXT) % HEADS;
  let window = run * (ROWS / CONTEXT) + index / (CONTEXT * HEADS);
  let row = window * CONTEXT + i;

  let q_at = row * 3u * WIDTH4 + head * HEAD4;
//#for d in 0..HEAD4
  let q$d = qkv[q_at + $du] * SCALE;
  var sum$d = vec4f();
//#end
  var largest = -1e30;
  var weight = 0.0;
  var k_at = window * CONTEXT * 3u * WIDTH4 + WIDTH4 + head * HEAD4;
  for (var j = 0u; j < CONTEXT; j++) {
    if (j > i) { break; }
    var products = vec4f();
//#for d in 0..HEAD4
    products += q$d * qkv[k_at + $du];
//#end
    let score = dot(products, vec4f(1.0));
    let next = max(largest, score);
    let shrink = exp_below(largest - next);
    let p = exp_below(score - next);
    weight = weight * shrink + p;
//#for d in 0..HEAD4
    sum$d = sum$d * shrink + p * qkv[k_at + WIDTH4 + $du];
//#end
    largest = next;
    k_at += 3u * WIDTH4;
  }
  let o_at = row * WIDTH4 + head * HEAD4;
//#for d in 0..HEAD4
  o[o_at + $du] = sum$d / weight;
//#end
  lse[run * ROWS * HEADS + index] = largest + log(weight);
}
