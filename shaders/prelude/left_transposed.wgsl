    // Four rows × four inner indices at a time: read along the rows, written across them. A row past the end is read as the
    // last one; its sums are not written.
    for (var block = at.lane; block < LEFT * STEP4; block += WORKGROUP) {
      let vector = block / STEP4;
      let inner = block % STEP4;
//#for o in 0..4
      let line$o = x[x_at + min(first_row + 4u * vector + $ou, ROWS - 1u) * INNER4 + slab * STEP4 + inner];
//#end
//#for k in 0..4
      left[(4u * inner + $ku) * LEFT + vector] = vec4f(line0[$k], line1[$k], line2[$k], line3[$k]);
//#end
    }
