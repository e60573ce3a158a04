// y = a + s·b: nothing but traffic, to measure what a device's memory can do (McCalpin's STREAM triad).
//
//   a, b, y  [VECTORS] vectors of four, a run after the other
//
// An invocation takes a vector. Grid: VECTORS / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let i = flat_index(at);
  if (i >= VECTORS) { return; }
  let place = at.group.z * VECTORS + i;
  y[place] = a[place] + 0.5 * b[place];
}
