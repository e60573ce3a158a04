/** Descent without derivatives, inside a box: the simplex of Nelder and Mead (1965), its steps cut off at the walls. */

export type Objective = (x: Float64Array) => number;

export type Minimum = { readonly x: Float64Array; readonly value: number };

export type Box = { readonly lower: Float64Array; readonly upper: Float64Array };

const EVALUATIONS_PER_AXIS = 150;

/**
 * From `start`, with a first simplex of `steps` along each axis; an axis of step 0 stays where it is. Ends when the simplex is
 * smaller than `tolerance` in every coordinate. It needs no derivative and passes over kinks, which laws of repeated data have.
 */
export function nelderMead(
  objective: Objective,
  start: Float64Array,
  { lower, upper }: Box,
  steps: Float64Array,
  tolerance: number,
): Minimum {
  const axes = [...steps.keys()].filter((axis) => at(steps, axis) > 0);
  const clamp = (x: Float64Array): Float64Array => {
    for (const axis of axes) {
      x[axis] = Math.min(Math.max(at(x, axis), at(lower, axis)), at(upper, axis));
    }
    return x;
  };
  const vertex = (x: Float64Array): Minimum => ({ x, value: objective(clamp(x)) });
  const simplex: Minimum[] = [vertex(start.slice())];
  for (const axis of axes) {
    const x = start.slice();
    const step = at(steps, axis);
    x[axis] = at(x, axis) + (at(x, axis) + step <= at(upper, axis) ? step : -step);
    simplex.push(vertex(x));
  }
  const size = axes.length;
  const worstFirst = () => simplex.sort((a, b) => b.value - a.value);
  const centre = start.slice();
  /** The worst vertex moved through the middle of the others: −1 is its mirror image, ½ half the way. */
  const along = (share: number): Minimum => {
    const worst = simplex[0]?.x ?? centre;
    const x = centre.slice();
    for (const axis of axes) x[axis] = at(centre, axis) + share * (at(worst, axis) - at(centre, axis));
    return vertex(x);
  };

  let evaluations = size + 1;
  while (size > 0 && evaluations < EVALUATIONS_PER_AXIS * size) {
    worstFirst();
    const worst = simplex[0];
    const second = simplex[1];
    const best = simplex[size];
    if (worst === undefined || second === undefined || best === undefined) break;
    if (isSmall(simplex, best.x, axes, tolerance)) break;
    for (const axis of axes) {
      let sum = 0;
      for (let index = 1; index <= size; index++) sum += at(simplex[index]?.x ?? centre, axis);
      centre[axis] = sum / size;
    }
    const mirrored = along(-1);
    evaluations++;
    if (mirrored.value < best.value) {
      const further = along(-2);
      evaluations++;
      simplex[0] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < second.value) {
      simplex[0] = mirrored;
    } else {
      const nearer = mirrored.value < worst.value ? along(-0.5) : along(0.5);
      evaluations++;
      if (nearer.value < Math.min(worst.value, mirrored.value)) {
        simplex[0] = nearer;
      } else {
        for (let index = 0; index < size; index++) {
          const from = simplex[index]?.x ?? best.x;
          simplex[index] = vertex(from.map((value, axis) => (value + at(best.x, axis)) / 2));
        }
        evaluations += size;
      }
    }
  }
  worstFirst();
  return simplex[size] ?? vertex(start.slice());
}

function isSmall(
  simplex: readonly Minimum[],
  best: Float64Array,
  axes: readonly number[],
  tolerance: number,
): boolean {
  return simplex.every(({ x }) => axes.every((axis) => Math.abs(at(x, axis) - at(best, axis)) <= tolerance));
}

/** Inside these loops an index is always in range; the compiler cannot know. */
function at(x: Float64Array, index: number): number {
  return x[index] ?? Number.NaN;
}
