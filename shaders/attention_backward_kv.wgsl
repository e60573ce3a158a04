// Causal attention, backward, for keys and values. With p_ij and δ_i as in the queries' kernel,
//   dv_j = Σ_i≥j p_ij do_i
//   dk_j = Σ_i≥j p_ij (do_i·v_j − δ_i) q_i / √headDim, turned back by the rotation of position j.
//
//   qkv, lse, grad, delta, rotary  as in attention_backward_q.wgsl
//   dqkv  [run][ROWS][dq | dk | dv]  the last two thirds are written
//
// An invocation takes one key of one head; queries before its group of 16 are not visited.
// Grid: ROWS · HEADS / 64 in x, y; runs in z.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read> grad: array<vec4f>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> delta: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dqkv: array<vec4f>;

const WIDTH4: u32 = HEADS * HEAD4;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= ROWS * HEADS) { return; }
  let run = at.group.z;
  let j = index % CONTEXT;
  let head = (index / CONTEXT) % HEADS;
  let window = run * (ROWS / CONTEXT) + index / (CONTEXT * HEADS);
  let row = window * CONTEXT + j;

  let k_at = row * 3u * WIDTH4 + WIDTH4 + head * HEAD4;
//#for d in 0..HEAD4
  let k$d = qkv[k_at + $du] * SCALE;
  let v$d = qkv[k_at + WIDTH4 + $du];
  var dk$d = vec4f();
  var dv$d = vec4f();
//#end
  let statistics = run * ROWS * HEADS + index - j;
  // Neighbouring invocations start together, so that they read the same queries at the same time.
  for (var i = j - j % 16u; i < CONTEXT; i++) {
    let q_at = (window * CONTEXT + i) * 3u * WIDTH4 + head * HEAD4;
    let g_at = (window * CONTEXT + i) * WIDTH4 + head * HEAD4;
    var products = vec4f();
    var value_products = vec4f();
//#for d in 0..HEAD4
    let q$d = qkv[q_at + $du];
    let g$d = grad[g_at + $du];
    products += q$d * k$d;
    value_products += g$d * v$d;
//#end
    // A query before the key may score far above its own lse; it is masked before the exponential, not after.
    let score = select(-1e30, dot(products, vec4f(1.0)) - lse[statistics + i], i >= j);
    let p = select(0.0, exp_below(score), i >= j);
    let ds = p * (dot(value_products, vec4f(1.0)) - delta[statistics + i]) * SCALE;
//#for d in 0..HEAD4
    dk$d += ds * q$d;
    dv$d += p * g$d;
//#end
  }
//#for d in 0..HALF4, e = d + HALF4
  {
    let cosine = rotary[j * HALF4 + $du];
    let sine = rotary[(CONTEXT + j) * HALF4 + $du];
    dqkv[k_at + $du] = dk$d * cosine + dk$e * sine;
    dqkv[k_at + $eu] = dk$e * cosine - dk$d * sine;
  }
//#end
//#for d in 0..HEAD4
  dqkv[k_at + WIDTH4 + $du] = dv$d;
//#end
}
