/**
 * Derivatives of one node by every parameter, as further nodes of the same graph.
 *
 * They are collected from the top down: each node hands its derivative on to what it is made from. That costs a few operations for
 * each of the formula's, however many parameters there are, where one derivative after another would cost a formula for each. Bends
 * (min, max, abs) have the derivative of the piece they are on; at the bend itself, of the first piece for min and max, and 0 for abs.
 * A piece that was not taken hands 0 on, which stays 0 whatever it meets: min(A/S, 5) has its slope where S = 0.
 */

import type { Graph, Node } from './graph.ts';
import {
  ABS,
  ADD,
  DIVIDE,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  MAX,
  MIN,
  MULTIPLY,
  NEGATE,
  POWER,
  SQRT,
  SUBTRACT,
} from './operations.ts';

/** The nodes of ∂top/∂parameter, in the order of the parameters. */
export function derive(graph: Graph, top: number, parameters: number): number[] {
  const collected = new Map<number, number>([[top, graph.number(1)]]);
  const hand = (to: number, derivative: number): void => {
    if (!graph.at(to).byParameters) return;
    const before = collected.get(to);
    collected.set(to, before === undefined ? derivative : graph.add(before, derivative));
  };
  const byParameter = Array.from({ length: parameters }, () => graph.number(0));
  // What a node is made from has lower numbers, so nothing is handed to a node that has been passed.
  for (let at = top; at >= 0; at--) {
    const derivative = collected.get(at);
    const node = graph.at(at);
    if (derivative === undefined) continue;
    if (node.kind === 'parameter') byParameter[node.index] = derivative;
    if (node.kind === 'step') handDown(graph, at, node, derivative, hand);
  }
  return byParameter;
}

function handDown(
  graph: Graph,
  self: number,
  { operation, from }: Extract<Node, { kind: 'step' }>,
  by: number,
  hand: (to: number, derivative: number) => void,
): void {
  const [a = self, b = self] = from;
  switch (operation) {
    case ADD:
      hand(a, by);
      hand(b, by);
      return;
    case SUBTRACT:
      hand(a, by);
      hand(b, graph.negate(by));
      return;
    case NEGATE:
      hand(a, graph.negate(by));
      return;
    case MULTIPLY:
      // A slope may be infinite where a factor is 0: (c·S)^a by c, in a run without source tokens, does not change.
      hand(a, graph.damped(b, by));
      hand(b, graph.damped(a, by));
      return;
    case DIVIDE:
      hand(a, graph.dampedQuotient(by, b));
      hand(b, graph.negate(graph.dampedQuotient(graph.damped(by, self), b)));
      return;
    case POWER:
      if (graph.at(a).byParameters) hand(a, graph.damped(by, graph.powerSlope(a, b, self)));
      if (graph.at(b).byParameters) hand(b, graph.damped(by, graph.damped(self, graph.log(a))));
      return;
    case EXP:
      hand(a, graph.damped(by, self));
      return;
    case EXPM1:
      hand(a, graph.damped(by, graph.add(self, graph.number(1))));
      return;
    case LOG:
      hand(a, graph.dampedQuotient(by, a));
      return;
    case LOG1P:
      hand(a, graph.dampedQuotient(by, graph.add(a, graph.number(1))));
      return;
    case SQRT:
      hand(a, graph.dampedQuotient(by, graph.multiply(graph.number(2), self)));
      return;
    case ABS:
      hand(a, graph.damped(by, graph.sign(a)));
      return;
    case MIN:
      hand(a, graph.whereAtLeast(b, a, by));
      hand(b, graph.whereAbove(a, b, by));
      return;
    case MAX:
      hand(a, graph.whereAtLeast(a, b, by));
      hand(b, graph.whereAbove(b, a, by));
      return;
    default:
      throw new RangeError(`operation ${operation} belongs to derivatives and has none itself`);
  }
}
