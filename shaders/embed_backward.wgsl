// Token embedding, backward, without atomics: the gradient of a token's row is the sum of dx over the places where the
// token stood, taken in their order.
//
//   tokens  [run][ROWS]
//   dx      [run][ROWS][WIDTH]
//   g       [run][slice][arena], bound from the embedding's place on; [VOCABULARY][WIDTH] there
//
// An invocation takes 16 columns of one token in one slice and looks through the slice's rows. ADD adds to what is
// there: the head's gradient when the matrices are tied, an earlier micro-batch.
// Grid: slices · VOCABULARY · WIDTH/16 / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read> tokens: array<u32>;
@group(0) @binding(1) var<storage, read> dx: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> g: array<vec4f>;

const WIDTH16: u32 = WIDTH4 / 4u;
const SLICE_ROWS: u32 = ROWS / SLICES;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= SLICES * VOCABULARY * WIDTH16) { return; }
  let run = at.group.z;
  let slice = index / (VOCABULARY * WIDTH16);
  let token = (index / WIDTH16) % VOCABULARY;
  let column = (index % WIDTH16) * 4u;
  let first = run * ROWS + slice * SLICE_ROWS;
//#for c in 0..4
  var sum$c = vec4f();
//#end
  for (var t = 0u; t < SLICE_ROWS; t++) {
    if (tokens[first + t] == token) {
      let dx_at = (first + t) * WIDTH4 + column;
//#for c in 0..4
      sum$c += dx[dx_at + $cu];
//#end
    }
  }
  let g_at = (run * SLICES + slice) * ARENA4 + token * WIDTH4 + column;
//#for c in 0..4
//#if ADD
  g[g_at + $cu] += sum$c;
//#else
  g[g_at + $cu] = sum$c;
//#end
//#end
}
