// Causal multi-head attention: o_i = Σ_j≤i softmax_j(q_i·k_j / √headDim) v_j, with the softmax taken on the fly.
//
//   qkv  [run][ROWS][q | k | v], each [HEADS][headDim]; q and k rotated already
//   o    [run][ROWS][HEADS][headDim]
//   lse  [run][window][head][CONTEXT]   log Σ_j exp(score), for the backward pass
//
// An invocation keeps a strip of queries and their sums in registers; keys past the strip are not visited.
// Grid: strips / WORKGROUP in x, y; runs in z. Used once a block.

//#include invocation
//#include numbers
//#include attention_strip

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> o: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> lse: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= STRIPS * HEADS * WINDOWS) { return; }
  let strip = strip_of(at.group.z, index);
//#for s in 0..STRIP
  let q_at$s = (strip.row + $su) * 3u * WIDTH4 + strip.head_at;
  var largest$s = -1e30;
  var weight$s = 0.0;
//#for d in 0..HEAD4
  let q$s_$d = qkv[q_at$s + $du] * SCALE;
  var sum$s_$d = vec4f();
//#end
//#end
  var k_at = strip.window_row * 3u * WIDTH4 + WIDTH4 + strip.head_at;
  for (var j = 0u; j < CONTEXT; j++) {
    if (j >= strip.first + STRIP) { break; }
//#for s in 0..STRIP
    var products$s = vec4f();
//#end
//#for d in 0..HEAD4
    let k$d = qkv[k_at + $du];
//#for s in 0..STRIP
    products$s += q$s_$d * k$d;
//#end
//#end
//#for s in 0..STRIP
    let score$s = select(-1e30, dot(products$s, vec4f(1.0)), j <= strip.first + $su);
    let next$s = max(largest$s, score$s);
    let shrink$s = exp_below(largest$s - next$s);
    // What is masked weighs nothing at all, so that the bits do not depend on the strip.
    let p$s = select(0.0, exp_below(score$s - next$s), j <= strip.first + $su);
    weight$s = weight$s * shrink$s + p$s;
    largest$s = next$s;
//#end
//#for d in 0..HEAD4
    let v$d = qkv[k_at + WIDTH4 + $du];
//#for s in 0..STRIP
    sum$s_$d = sum$s_$d * shrink$s + p$s * v$d;
//#end
//#end
    k_at += 3u * WIDTH4;
  }
//#for s in 0..STRIP
  {
    let o_at = (strip.row + $su) * WIDTH4 + strip.head_at;
//#for d in 0..HEAD4
    o[o_at + $du] = sum$s_$d / weight$s;
//#end
    lse[strip.statistics + strip.first + $su] = largest$s + log(weight$s);
  }
//#end
}
