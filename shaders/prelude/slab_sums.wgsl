  let down = at.lane / SIDE;
  let across = at.lane % SIDE;
//#for v in 0..LEFT_VECTORS
//#for o in 0..4
  var a_sum$v$o = vec4f();
  var b_sum$v$o = vec4f();
//#end
//#end
