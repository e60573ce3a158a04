  let run = at.group.z;
  // The grid may be longer than the tiles; the last tile is then computed again, and its values written again.
  let tile = tile_of(min(flat_group(at), ROW_TILES * PAIR_TILES - 1u), PAIR_TILES);
  let first_row = tile.x * 4u * LEFT;
  let first_pair = tile.y * SIDE;
  let x_at = run * X_RUN4;
  let w_at = run * W_RUN4;
//#include slab_sums
