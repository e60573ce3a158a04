  let pair = first_pair + across;
  let row = first_row + 4u * LEFT_VECTORS * down;
  if (pair >= COLUMN_PAIRS) { return; }
//#for v in 0..LEFT_VECTORS
  if (row + 4u * $vu < ROWS) {
//#for o in 0..4
    write_pair(run, row + 4u * $vu + $ou, pair, a_sum$v$o, b_sum$v$o);
//#end
  }
//#end
