// Token embedding: x[row] = table[tokens[row]].
//
//   tokens  [run][ROWS]
//   table   [vocabulary][WIDTH], runs TABLE_RUN4 vectors apart
//   x       [run][ROWS][WIDTH]
//
// An invocation takes four columns of a row. Grid: ROWS · WIDTH/4 / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read> tokens: array<u32>;
@group(0) @binding(1) var<storage, read> table: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> x: array<vec4f>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= ROWS * WIDTH4) { return; }
  let run = at.group.z;
  let token = tokens[run * ROWS + index / WIDTH4];
  x[run * ROWS * WIDTH4 + index] = table[run * TABLE_RUN4 + token * WIDTH4 + index % WIDTH4];
}
