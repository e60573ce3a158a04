// Causal attention, backward, for the queries. With p_ij = exp(score_ij − lse_i) and δ_i = do_i·o_i,
//   dq_i = Σ_j≤i p_ij (do_i·v_j − δ_i) k_j / √headDim, turned back by the rotation of position i.
//
//   qkv, lse  as the forward pass left them
//   o, grad   [run][ROWS][HEADS][headDim]           output and its gradient
//   rotary    cos [CONTEXT][headDim/2], then sin
//   dqkv      [run][ROWS][dq | dk | dv]             the first third is written
//   delta     [run][window][head][CONTEXT]          δ, for the keys' kernel, which runs next
//
// An invocation takes one query of one head. Grid: ROWS · HEADS / 64 in x, y; runs in z.

//#include invocation
//#include numbers

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>;
@group(0) @binding(1) var<storage, read> o: array<vec4f>;
@group(0) @binding(2) var<storage, read> grad: array<vec4f>;
@group(0) @binding(3) var<storage, read> lse: array<f32>;
@group(0) @binding(4) var<storage, read> rotary: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dqkv: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> delta: array<f32>;

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
  let o_at = row * WIDTH4 + head * HEAD4;
  var shared_part = vec4f();
//#for d in 0..HEAD4
  let q$d = qkv[q_at + $du] * SCALE;
  let g$d = grad[o_at + $du];
  shared_part += g$d * o[o_at + $du];
  var dq$d = vec4f();
//#end
  let own_delta = dot(shared_part, vec4f(1.0));
  delta[run * ROWS * HEADS + index] = own_delta;
  let own_lse = lse[run * ROWS * HEADS + index];

  var k_at = window * CONTEXT * 3u * WIDTH4 + WIDTH4 + head * HEAD4;
  for (var j = 0u; j < CONTEXT; j++) {
    if (j > i) { break; }
    var products = vec4f();
    var value_products = vec4f();
//#for d in 0..HEAD4
    let k$d = qkv[k_at + $du];
    products += q$d * k$d;
    value_products += g$d * qkv[k_at + WIDTH4 + $du];
//#end
    let p = exp_below(dot(products, vec4f(1.0)) - own_lse);
    let ds = p * (dot(value_products, vec4f(1.0)) - own_delta) * SCALE;
//#for d in 0..HEAD4
    dq$d += ds * k$d;
//#end
    k_at += 3u * WIDTH4;
  }
//#for d in 0..HALF4, e = d + HALF4
  {
    let cosine = rotary[i * HALF4 + $du];
    let sine = rotary[(CONTEXT + i) * HALF4 + $du];
    dqkv[q_at + $du] = dq$d * cosine + dq$e * sine;
    dqkv[q_at + $eu] = dq$e * cosine - dq$d * sine;
  }
//#end
}
