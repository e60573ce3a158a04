// A row is one invocation's work, or SHARERS neighbours': then each takes every SHARERS-th vector of the row, and what they
// found is put together in their order. One invocation a row needs no barrier; many keep a GPU busy with few rows, and read
// neighbouring places at the same time.
const ROWS_PER_GROUP: u32 = WORKGROUP / SHARERS;

//#if SHARED
var<workgroup> shares: array<f32, WORKGROUP>;

fn row_sum(lane: u32, share: f32) -> f32 {
  shares[lane] = share;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < SHARERS; i++) {
    sum += shares[lane - lane % SHARERS + i];
  }
  workgroupBarrier();
  return sum;
}

fn row_largest(lane: u32, share: f32) -> f32 {
  shares[lane] = share;
  workgroupBarrier();
  var largest = -1e30;
  for (var i = 0u; i < SHARERS; i++) {
    largest = max(largest, shares[lane - lane % SHARERS + i]);
  }
  workgroupBarrier();
  return largest;
}
//#else
fn row_sum(lane: u32, share: f32) -> f32 { return share; }
fn row_largest(lane: u32, share: f32) -> f32 { return share; }
//#end
