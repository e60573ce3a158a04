// A product through workgroup memory: SIDE × SIDE invocations share a tile of 4·LEFT_VECTORS·SIDE rows × SIDE pairs of columns. They
// walk over the inner dimension in slabs of STEP; each slab of both operands is brought in once for all of them.
//
//   left   [STEP][LEFT]   of each inner index, the rows of the tile, four a vector
//   right  [STEP][RIGHT]  of each inner index, its columns, four a vector: the firsts of all pairs, then their partners
//
// 16 KiB at most: (LEFT + RIGHT) · STEP vectors.
const LEFT: u32 = SIDE * LEFT_VECTORS;
const RIGHT: u32 = 2u * SIDE;
const PAIR_TILES: u32 = (COLUMN_PAIRS + SIDE - 1u) / SIDE;
var<workgroup> left: array<vec4f, STEP * LEFT>;
var<workgroup> right: array<vec4f, STEP * RIGHT>;

// Where the tile of a workgroup begins, in tiles of rows and of pairs; neighbours share rows.
fn tile_of(group: u32, pair_tiles: u32) -> vec2u {
  return vec2u(group / pair_tiles, group % pair_tiles);
}
