    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let a = right[k * RIGHT + across];
      let b = right[k * RIGHT + SIDE + across];
//#for v in 0..LEFT_VECTORS
      let left$v = left[k * LEFT + down * LEFT_VECTORS + $vu];
//#for o in 0..4
      a_sum$v$o += left$v[$o] * a;
      b_sum$v$o += left$v[$o] * b;
//#end
//#end
    }
    workgroupBarrier();
