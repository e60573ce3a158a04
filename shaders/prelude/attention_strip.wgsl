// Attention is computed in strips: an invocation takes STRIP neighbouring positions of one head of one window, so that what it reads
// of the other side serves all of them. ALIKE puts invocations with the same positions side by side: they walk equally
// far, which is what software adapters want. Without it neighbours are neighbours in the text and read the same places
// at the same time, which is what caches want.
const WIDTH4: u32 = HEADS * HEAD4;
const WINDOWS: u32 = ROWS / CONTEXT;
const STRIPS: u32 = CONTEXT / STRIP;

struct Strip {
  first: u32,      // position of its first row in the window
  row: u32,        // that row among the rows of all runs
  window_row: u32, // the window's first row, likewise
  head_at: u32,    // the head's first feature among a row's, in vectors of four
  statistics: u32, // place of position 0 in [run][window][head][CONTEXT]
}

fn strip_of(run: u32, index: u32) -> Strip {
//#if ALIKE
  let position = index / (HEADS * WINDOWS);
  let head = index % HEADS;
  let window = run * WINDOWS + (index / HEADS) % WINDOWS;
//#else
  let position = index % STRIPS;
  let head = (index / STRIPS) % HEADS;
  let window = run * WINDOWS + index / (STRIPS * HEADS);
//#end
  let first = position * STRIP;
  return Strip(
    first,
    window * CONTEXT + first,
    window * CONTEXT,
    head * HEAD4,
    (window * HEADS + head) * CONTEXT,
  );
}
