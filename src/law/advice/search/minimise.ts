/** The lowest point of a box: a net over all of it, then a descent from each of its lowest hollows, and a look around. */

import { compass } from './compass.ts';
import { type Box, type Minimum, nelderMead, type Objective } from './nelderMead.ts';
import { polish } from './polish.ts';

export type Effort = {
  /** Hollows of the net that are descended into. */
  readonly descents: number;
  /** Of the coordinates of the minimum. */
  readonly tolerance: number;
  /** Whether the last digits count, and a last look around with every coordinate free. */
  readonly thorough: boolean;
};

export type NettedBox = Box & {
  /** Of the net, along each coordinate, ascending; one where the coordinate is fixed. */
  readonly nodes: readonly (readonly number[])[];
  /** Guesses that spare the net an axis; of two for the same axis the first that holds counts. */
  readonly holds: readonly Hold[];
};

/** The guess that a coordinate is best at a certain place, whatever the others are. */
export type Hold = {
  readonly axis: number;
  readonly at: number;
  /** Other places at which it is tried, with the other coordinates as in `x`: further and further away. */
  readonly inward: (x: Float64Array) => readonly number[];
  /**
   * Where the coordinate is cut off, so that it changes nothing beyond: a search that is lost on such a plain is led back to its edge.
   */
  readonly cutOff?: (x: Float64Array) => number;
};

/** Places where an axis is tried before it is held at one end. */
const TRIALS = 16;

/** Steps from one place of a hold to the next, where its minimum is looked at. */
const CLOSELY = 6;

/** Halves of a neighbour's distance: where the first simplex of a descent stands. */
const FIRST_STEP = 0.5;

/** A look around after each descent, and a new descent where it helped: so often at most. */
const MOST_ROUNDS = 6;

/** The look ends at steps of some tens of the tolerance: the simplex is good at the rest. */
const LAST_LOOK = 64;

/** First step of the look with every coordinate free. */
const LAST_STEP = 0.5;

/** Relative to the loss, as the objective is its logarithm: differences below this are rounding. */
const ROUNDING = 1e-13;

/**
 * The global minimum of `objective` over the box as far as the net sees it, or null where the objective is infinite at every node.
 *
 * A coordinate of `box.holds` that is best where it is held, wherever it is tried, costs the net nothing. If the minimum so found can be
 * bettered by letting it go, the axis joins the net and all is done again.
 */
export function minimise(objective: Objective, box: NettedBox, effort: Effort): Minimum | null {
  const held = new Map<number, Hold>();
  for (const hold of box.holds) {
    if (!held.has(hold.axis) && holdsEverywhere(objective, box, hold)) held.set(hold.axis, hold);
  }
  for (;;) {
    const best = searchNet(objective, box, held, effort);
    const loose =
      best === null ? [...held.keys()] : looseAxes(objective, box, [...held.values()], best, effort);
    if (loose.length === 0) return best !== null && effort.thorough ? polish(objective, best, box) : best;
    for (const axis of loose) held.delete(axis);
  }
}

function searchNet(
  objective: Objective,
  box: NettedBox,
  held: ReadonlyMap<number, Hold>,
  { descents, tolerance }: Effort,
): Minimum | null {
  const nodes = box.nodes.map((all, axis) => {
    const hold = held.get(axis);
    return hold === undefined ? all : [hold.at];
  });
  let best: Minimum | null = null;
  for (const { x, steps } of hollows(objective, nodes).slice(0, descents)) {
    let found = nelderMead(objective, x, box, steps, tolerance);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      for (const { axis, cutOff } of box.holds) {
        if (cutOff && !held.has(axis)) found.x[axis] = Math.min(found.x[axis] ?? 0, cutOff(found.x));
      }
      const looked = compass(objective, found, box, levelled(steps), tolerance * LAST_LOOK);
      const gain = found.value - looked.value;
      found = looked;
      if (!(gain > ROUNDING)) break;
      found = nelderMead(
        objective,
        found.x,
        box,
        steps.map((step) => step / 8),
        tolerance,
      );
    }
    if (best === null || found.value < best.value) best = found;
  }
  return best;
}

/** Steps of one length, so that a diagonal is one; a coordinate that stays has none. */
function levelled(steps: Float64Array): Float64Array {
  const step = Math.max(...steps);
  return steps.map((own) => (own === 0 ? 0 : step));
}

type Hollow = { readonly x: Float64Array; readonly steps: Float64Array; readonly value: number };

/** Nodes that no neighbour along an axis lies below, the lowest first. */
function hollows(objective: Objective, nodes: readonly (readonly number[])[]): Hollow[] {
  const strides: number[] = [];
  let size = 1;
  for (const along of nodes) {
    strides.push(size);
    size *= along.length;
  }
  const values = new Float64Array(size);
  const x = new Float64Array(nodes.length);
  const place = (index: number) => {
    for (let axis = 0; axis < nodes.length; axis++) {
      const along = nodes[axis] ?? [];
      x[axis] = along[Math.floor(index / (strides[axis] ?? 1)) % along.length] ?? 0;
    }
  };
  for (let index = 0; index < size; index++) {
    place(index);
    values[index] = objective(x);
  }
  const found: Hollow[] = [];
  for (let index = 0; index < size; index++) {
    const value = values[index] ?? Number.POSITIVE_INFINITY;
    if (value === Number.POSITIVE_INFINITY) continue;
    const isHollow = nodes.every((along, axis) => {
      const stride = strides[axis] ?? 1;
      const step = Math.floor(index / stride) % along.length;
      // On a plain only its first node is a hollow.
      return (
        (step === 0 || (values[index - stride] ?? 0) > value) &&
        (step === along.length - 1 || (values[index + stride] ?? 0) >= value)
      );
    });
    if (!isHollow) continue;
    place(index);
    const steps = Float64Array.from(nodes, (along, axis) => {
      const step = Math.floor(index / (strides[axis] ?? 1)) % along.length;
      const here = along[step] ?? 0;
      const neighbour = along[step + 1] ?? along[step - 1] ?? here;
      return Math.abs(neighbour - here) * FIRST_STEP;
    });
    found.push({ x: x.slice(), steps, value });
  }
  return found.sort((a, b) => a.value - b.value);
}

/** Whether the objective nowhere falls on the way from where the hold is, at places spread over the box. */
function holdsEverywhere(objective: Objective, { lower, upper }: Box, { axis, at, inward }: Hold): boolean {
  const x = new Float64Array(lower.length);
  for (let trial = 1; trial <= TRIALS; trial++) {
    for (let other = 0; other < x.length; other++) {
      const from = lower[other] ?? 0;
      x[other] = from + ((upper[other] ?? 0) - from) * halton(trial, PRIMES[other] ?? 11);
    }
    x[axis] = at;
    let outer = objective(x);
    for (const place of inward(x)) {
      x[axis] = place;
      const inner = objective(x);
      if (inner < outer - ROUNDING) return false;
      outer = inner;
    }
  }
  return true;
}

/** Those of the holds that keep the minimum from a better place. */
function looseAxes(
  objective: Objective,
  box: NettedBox,
  holds: readonly Hold[],
  best: Minimum,
  { thorough, tolerance }: Effort,
): number[] {
  const loose = holds.filter((hold) => isLoose(objective, hold, best)).map(({ axis }) => axis);
  if (loose.length > 0 || holds.length === 0 || !thorough) return loose;
  const start = best.x.slice();
  for (const { axis, cutOff } of holds) {
    if (cutOff) start[axis] = Math.min(start[axis] ?? 0, cutOff(start));
  }
  const steps = Float64Array.from(box.nodes, ({ length }) => (length > 1 ? LAST_STEP : 0));
  const looked = compass(objective, { x: start, value: best.value }, box, steps, tolerance * LAST_LOOK);
  if (!(looked.value < best.value - ROUNDING)) return [];
  return holds.map(({ axis }) => axis).filter((axis) => looked.x[axis] !== start[axis]);
}

/** Whether the minimum is bettered by letting the coordinate go: looked at closely, as it is asked once a search. */
function isLoose(objective: Objective, { axis, inward }: Hold, { x, value }: Minimum): boolean {
  const moved = x.slice();
  const places = inward(x);
  return places.some((place, index) => {
    const before = index === 0 ? place : (places[index - 1] ?? place);
    for (let part = 1; part <= CLOSELY; part++) {
      moved[axis] = before + ((place - before) * part) / CLOSELY;
      if (objective(moved) < value - ROUNDING) return true;
    }
    return false;
  });
}

const PRIMES = [2, 3, 5, 7];

/** Halton's sequence: spread evenly over (0, 1) without a random draw, one prime a dimension. */
function halton(index: number, base: number): number {
  let value = 0;
  let share = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    value += share * (rest % base);
    share /= base;
  }
  return value;
}
