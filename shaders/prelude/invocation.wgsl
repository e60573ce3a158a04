// One invocation of a flat grid: x and y count workgroups (y only where x would pass the limit of 65,535), z is the run of
// the fleet. A workgroup has 64 invocations unless the kernel asks for another number of LANES.
//#if LANES
const WORKGROUP: u32 = LANES;
//#else
const WORKGROUP: u32 = 64u;
//#end

struct Invocation {
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
}

// Kernels with barriers take the two built-in values apart: of a struct, WGSL does not see that `group` is the same for all.
fn group_index(group: vec3u) -> u32 {
  return group.y * GRID_X + group.x;
}

fn flat_group(at: Invocation) -> u32 {
  return group_index(at.group);
}

fn flat_index(at: Invocation) -> u32 {
  return flat_group(at) * WORKGROUP + at.lane;
}
