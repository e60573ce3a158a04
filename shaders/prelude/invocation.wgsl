// One invocation of a flat grid: x and y count workgroups of 64 (y only where x would pass the limit of 65,535),
// z is the run of the fleet.
const WORKGROUP: u32 = 64u;

struct Invocation {
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
}

fn flat_group(at: Invocation) -> u32 {
  return at.group.y * GRID_X + at.group.x;
}

fn flat_index(at: Invocation) -> u32 {
  return flat_group(at) * WORKGROUP + at.lane;
}
