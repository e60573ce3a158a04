// Causal attention, backward, for the queries. With p_ij = exp(score_ij − lse_i) and δ_i = do_i·o_i,
//   dq_i = Σ_j≤i p_ij (do_i·v_j − δ_i) k_j / √headDim, turned back by the rotation of position i.
//
//   qkv, lse  as the forward pass left them
//   o, grad   [run][ROWS][HEADS][headDim]           output and its gradient
//   rotary    cos [CONTEXT][headDim/2], then sin
//   dqkv      [run][ROWS][dq | dk | dv]             the first third is written
//   delta     [run][window][head][CONTEXT]          δ, for the keys' kernel, which runs next
//
// An invocation takes a strip of queries. Grid: strips / WORKGROUP in x, y; runs in z.

//#include invocation
//#include numbers
//#include attention_strip

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read> o: array<vec4f>;
@group(0) @binding(2) var<storage, read> grad: array<vec4f>;
@group(0) @binding(3) var<storage, read> lse: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dqkv: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> delta: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= STRIPS * HEADS * WINDOWS) { return; }
  let strip = strip_of(at.group.z, index);
//#for s in 0..STRIP
  let q_at$s = (strip.row + $su) * 3u * WIDTH4 + strip.head_at;
  let o_at$s = (strip.row + $su) * WIDTH4 + strip.head_at;
  var shared_part$s = vec4f();
//#for d in 0..HEAD4
  let q$s_$d = qkv[q_at$s + $du] * SCALE;
  let g$s_$d = grad[o_at$s + $du];
  shared_part$s += g$s_$d * o[o_at$s + $du];
  var dq$s_$d = vec4f();
//#end
  let delta$s = dot(shared_part$s, vec4f(1.0));
  delta[strip.statistics + strip.first + $su] = delta$s;
  let lse$s = lse[strip.statistics + strip.first + $su];
//#end

  var k_at = strip.window_row * 3u * WIDTH4 + WIDTH4 + strip.head_at;
  for (var j = 0u; j < CONTEXT; j++) {
    if (j >= strip.first + STRIP) { break; }
//#for s in 0..STRIP
    var products$s = vec4f();
    var value_products$s = vec4f();
//#end
//#for d in 0..HEAD4
    let k$d = qkv[k_at + $du];
    let v$d = qkv[k_at + WIDTH4 + $du];
//#for s in 0..STRIP
    products$s += q$s_$d * k$d;
    value_products$s += g$s_$d * v$d;
//#end
//#end
//#for s in 0..STRIP
    // A key past the query may score far above the query's lse; it is masked before the exponential, not after.
    let seen$s = j <= strip.first + $su;
    let score$s = select(-1e30, dot(products$s, vec4f(1.0)) - lse$s, seen$s);
    let p$s = select(0.0, exp_below(score$s), seen$s);
    let ds$s = p$s * (dot(value_products$s, vec4f(1.0)) - delta$s) * SCALE;
//#end
//#for d in 0..HEAD4
//#for s in 0..STRIP
    dq$s_$d += ds$s * k$d;
//#end
//#end
    k_at += 3u * WIDTH4;
  }
//#for s in 0..STRIP
//#for d in 0..HALF4, e = d + HALF4
  {
    let cosine = rotary[(strip.first + $su) * HALF4 + $du];
    let sine = rotary[(CONTEXT + strip.first + $su) * HALF4 + $du];
    dqkv[q_at$s + $du] = dq$s_$d * cosine + dq$s_$e * sine;
    dqkv[q_at$s + $eu] = dq$s_$e * cosine - dq$s_$d * sine;
  }
//#end
//#end
}
