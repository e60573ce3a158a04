// Causal attention, backward, for keys and values. With p_ij and δ_i as in the queries' kernel,
//   dv_j = Σ_i≥j p_ij do_i
//   dk_j = Σ_i≥j p_ij (do_i·v_j − δ_i) q_i / √headDim, turned back by the rotation of position j.
//
//   qkv, lse, grad, delta, rotary  as in attention_backward_q.wgsl
//   dqkv  [run][ROWS][dq | dk | dv]  the last two thirds are written
//
// An invocation takes a strip of keys; queries before it are not visited, but where neighbours in the text are neighbours on the
// device they start together, at a multiple of 16, so that they read the same queries at the same time.
// Grid: strips / WORKGROUP in x, y; runs in z.

//#include invocation
//#include numbers
//#include attention_strip

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read> grad: array<vec4f>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> delta: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dqkv: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= STRIPS * HEADS * WINDOWS) { return; }
  let strip = strip_of(at.group.z, index);
//#for s in 0..STRIP
  let k_at$s = (strip.row + $su) * 3u * WIDTH4 + WIDTH4 + strip.head_at;
//#for d in 0..HEAD4
  let k$s_$d = qkv[k_at$s + $du] * SCALE;
  let v$s_$d = qkv[k_at$s + WIDTH4 + $du];
  var dk$s_$d = vec4f();
  var dv$s_$d = vec4f();
//#end
//#end
//#if ALIKE
  let start = strip.first;
//#else
  let start = strip.first - strip.first % 16u;
//#end
  for (var i = start; i < CONTEXT; i++) {
    let q_at = (strip.window_row + i) * 3u * WIDTH4 + strip.head_at;
    let g_at = (strip.window_row + i) * WIDTH4 + strip.head_at;
//#for s in 0..STRIP
    var products$s = vec4f();
    var value_products$s = vec4f();
//#end
//#for d in 0..HEAD4
    let q$d = qkv[q_at + $du];
    let g$d = grad[g_at + $du];
//#for s in 0..STRIP
    products$s += q$d * k$s_$d;
    value_products$s += g$d * v$s_$d;
//#end
//#end
    let lse_i = lse[strip.statistics + i];
    let delta_i = delta[strip.statistics + i];
//#for s in 0..STRIP
    // A query before the key may score far above its own lse; it is masked before the exponential, not after.
    let sees$s = i >= strip.first + $su;
    let score$s = select(-1e30, dot(products$s, vec4f(1.0)) - lse_i, sees$s);
    let p$s = select(0.0, exp_below(score$s), sees$s);
    let ds$s = p$s * (dot(value_products$s, vec4f(1.0)) - delta_i) * SCALE;
//#end
//#for d in 0..HEAD4
//#for s in 0..STRIP
    dk$s_$d += ds$s * q$d;
    dv$s_$d += p$s * g$d;
//#end
//#end
  }
//#for s in 0..STRIP
//#for d in 0..HALF4, e = d + HALF4
  {
    let cosine = rotary[(strip.first + $su) * HALF4 + $du];
    let sine = rotary[(CONTEXT + strip.first + $su) * HALF4 + $du];
    dqkv[k_at$s + $du] = dk$s_$d * cosine + dk$s_$e * sine;
    dqkv[k_at$s + $eu] = dk$s_$e * cosine - dk$s_$d * sine;
  }
//#end
//#for d in 0..HEAD4
  dqkv[k_at$s + WIDTH4 + $du] = dv$s_$d;
//#end
//#end
}
