// Sums the slices of every gradient in their order, and its squares.
//
//   g        [run][SLICES][ARENA]            matrices; SPLIT: there are several slices, and the sum replaces slice 0
//   dgain    [run][NORMS][GAIN_SLICES][GAIN_STRIDE]  norm gains
//   squares  [run][PARTIALS]                 an invocation's share of Σ gradient²
//
// An invocation takes VECTORS vectors, 64 apart. Grid: ARENA/4 / VECTORS / 64 in x, y; runs in z.

//#include invocation

@group(0) @binding(0) var<storage, read_write> g: array<vec4f>;
@group(0) @binding(1) var<storage, read> dgain: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> squares: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(at: Invocation) {
  let run = at.group.z;
  var sum_of_squares = vec4f();
  for (var n = 0u; n < VECTORS; n++) {
    let i = flat_group(at) * WORKGROUP * VECTORS + n * WORKGROUP + at.lane;
    if (i >= ARENA4) { break; }
    let first = run * SLICES * ARENA4 + i;
    var sum = vec4f();
    if (i < GAINS4) {
      for (var slice = 0u; slice < SLICES; slice++) {
        sum += g[first + slice * ARENA4];
      }
//#if SPLIT
      g[first] = sum;
//#end
    } else {
      let norm = (i - GAINS4) / GAIN_STRIDE4;
      if (norm < NORMS) {
        let gain_at = (run * NORMS + norm) * GAIN_SLICES * GAIN_STRIDE4 + (i - GAINS4) % GAIN_STRIDE4;
        for (var slice = 0u; slice < GAIN_SLICES; slice++) {
          sum += dgain[gain_at + slice * GAIN_STRIDE4];
        }
      }
      g[first] = sum;
    }
    sum_of_squares += sum * sum;
  }
  let share = flat_index(at);
  if (share < PARTIALS) {
    squares[run * PARTIALS + share] = dot(sum_of_squares, vec4f(1.0));
  }
}
