// Token embedding, backward, without atomics: the gradient of a token's row is the sum of dx over the places where the
// token stood, taken in their order.
//
//   tokens  [run][ROWS]
//   dx      [run][ROWS][WIDTH]
//   g       [run][SLICES][arena], bound from the embedding's place on; [VOCABULARY][WIDTH] there
//
// Only slice 0 is touched: the others hold the head's share where the matrices are tied, and zeros where they are not.
// An invocation takes 16 columns of one token and looks through the rows, four at a time. ADD adds to what is there: the
// head's gradient when the matrices are tied, an earlier micro-batch.
// Grid: VOCABULARY · WIDTH/16 / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read> tokens: array<vec4u>;
@group(0) @binding(1) var<storage, read> dx: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> g: array<vec4f>;

const WIDTH16: u32 = WIDTH4 / 4u;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let index = flat_index(at);
  if (index >= VOCABULARY * WIDTH16) { return; }
  let run = at.group.z;
  let token = index / WIDTH16;
  let column = (index % WIDTH16) * 4u;
//#for c in 0..4
  var sum$c = vec4f();
//#end
  // A software adapter walks through the body of an `if` whether or not it is taken; of a loop it does not. So the search
  // is a loop of its own, with nothing but the search in it.
  let last = (run + 1u) * (ROWS / 4u);
  for (var t = run * (ROWS / 4u); t < last; t++) {
    while (t < last && !any(tokens[t] == vec4u(token))) { t++; }
    if (t >= last) { break; }
    let four = tokens[t];
//#for r in 0..4
    if (four[$r] == token) {
      let dx_at = (t * 4u + $ru) * WIDTH4 + column;
//#for c in 0..4
      sum$c += dx[dx_at + $cu];
//#end
    }
//#end
  }
  let g_at = run * SLICES * ARENA4 + token * WIDTH4 + column;
//#for c in 0..4
//#if ADD
  g[g_at + $cu] += sum$c;
//#else
  g[g_at + $cu] = sum$c;
//#end
//#end
}
