// WGSL lets an implementation assume that no value is NaN or infinite, and software adapters do: `x != x` is false
// for a NaN there. The bits do not lie.
fn is_finite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u;
}

// exp of an argument that is at most 0 up to rounding; below −80 the result would be subnormal.
fn exp_below(value: f32) -> f32 {
  return exp(max(value, -80.0));
}

fn exp4_below(value: vec4f) -> vec4f {
  return exp(max(value, vec4f(-80.0)));
}

// 1 / (1 + e^−x), finite for every finite x.
fn logistic4(value: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(clamp(-value, vec4f(-80.0), vec4f(80.0))));
}
