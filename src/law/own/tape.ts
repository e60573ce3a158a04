/**
 * A graph laid out to be worked through: one array of numbers, one list of operations, from front to back, nothing allocated.
 *
 * What depends on the parameters alone (an exponential of a logarithm, 1 − ω) comes first and is worked out again only when they
 * change: a fit asks for hundreds of runs in turn at the same parameters.
 */

import type { Point } from '../point.ts';
import type { Graph } from './graph.ts';
import { operate } from './operations.ts';

/** Places of the quantities and of the logarithms that points carry, at the front of every array. */
const PLACES = ['N', 'D_T', 'k', 'r', 'r_f', 'D', 'S', 'C', 'ln N', 'ln D', 'ln r', 'ln r_f'] as const;

/** Items of one operation in the list: which, from where (three places), to where. */
const OPERATION_ITEMS = 5;

export type Tape = {
  /** Works out every result. `parameters` are values. */
  readonly run: (point: Point, parameters: Float64Array) => void;
  /** Result by its number, in the order in which they were asked for. */
  readonly result: (index: number) => number;
};

/** Lays out all that the `results` need and nothing else. The tape belongs to one caller at a time: it holds its last results. */
export function layOut(graph: Graph, results: readonly number[], parameters: number): Tape {
  const needed = neededNodes(graph, results);
  const place = new Map<number, number>();
  const initial: number[] = [...PLACES.map(() => 0), ...Array.from({ length: parameters }, () => 0)];
  const byParameters: number[] = [];
  const byPoint: number[] = [];
  for (const index of needed) {
    const node = graph.at(index);
    if (node.kind === 'quantity') place.set(index, PLACES.indexOf(node.quantity));
    else if (node.kind === 'logarithm') place.set(index, PLACES.indexOf(`ln ${node.quantity}`));
    else if (node.kind === 'parameter') place.set(index, PLACES.length + node.index);
    else {
      place.set(index, initial.length);
      initial.push(node.kind === 'number' ? node.value : 0);
    }
    if (node.kind !== 'step') continue;
    const [a = 0, b = 0, c = 0] = node.from.map((source) => place.get(source) ?? 0);
    (node.byQuantities ? byPoint : byParameters).push(node.operation, a, b, c, initial.length - 1);
  }
  const slots = Float64Array.from(initial);
  const forParameters = Int32Array.from(byParameters);
  const forPoints = Int32Array.from(byPoint);
  const places = Int32Array.from(results, (result) => place.get(result) ?? 0);
  // No number is equal to NaN, so the first call finds the parameters changed.
  slots.fill(Number.NaN, PLACES.length, PLACES.length + parameters);

  return {
    run: (point, values) => {
      slots[0] = point.N;
      slots[1] = point.D_T;
      slots[2] = point.k;
      slots[3] = point.r;
      slots[4] = point.r_f;
      slots[5] = point.D;
      slots[6] = point.S;
      slots[7] = point.C;
      slots[8] = point.lnN;
      slots[9] = point.lnD;
      slots[10] = point.lnR;
      slots[11] = point.lnR_f;
      let changed = false;
      for (let index = 0; index < parameters; index++) {
        const value = values[index] as number;
        if (slots[PLACES.length + index] === value) continue;
        slots[PLACES.length + index] = value;
        changed = true;
      }
      if (changed) work(slots, forParameters);
      work(slots, forPoints);
    },
    result: (index) => slots[places[index] as number] as number,
  };
}

function work(slots: Float64Array, operations: Int32Array): void {
  for (let at = 0; at < operations.length; at += OPERATION_ITEMS) {
    slots[operations[at + 4] as number] = operate(
      operations[at] as number,
      slots[operations[at + 1] as number] as number,
      slots[operations[at + 2] as number] as number,
      slots[operations[at + 3] as number] as number,
    );
  }
}

/** In rising order, so that what a node is made from stands before it. */
function neededNodes(graph: Graph, results: readonly number[]): number[] {
  const needed = new Set<number>();
  const waiting = [...results];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (needed.has(node)) continue;
    needed.add(node);
    const found = graph.at(node);
    if (found.kind === 'step') waiting.push(...found.from);
  }
  return [...needed].sort((a, b) => a - b);
}
