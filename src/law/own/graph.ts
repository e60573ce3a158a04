/**
 * An expression as a graph in which nothing stands twice: what is asked for again is found, not made, and what is known beforehand
 * (0·x, 1·x, numbers among themselves) is worked out at once. The formula and all its derivatives live in one graph and share.
 */

import type { Quantity } from '../point.ts';
import {
  ABS,
  ADD,
  DAMPED,
  DAMPED_QUOTIENT,
  DIVIDE,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  MAX,
  MIN,
  MULTIPLY,
  NEGATE,
  operate,
  POWER,
  POWER_SLOPE,
  SIGN,
  SQRT,
  SUBTRACT,
  WHERE_ABOVE,
  WHERE_AT_LEAST,
} from './operations.ts';

export type Leaf =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  /** The natural logarithm of a quantity, which points carry. */
  | { readonly kind: 'logarithm'; readonly quantity: 'N' | 'D' | 'r' | 'r_f' }
  /** A parameter's value, by its place in the law. */
  | { readonly kind: 'parameter'; readonly index: number };

export type Step = { readonly kind: 'step'; readonly operation: number; readonly from: readonly number[] };

/** A node is known by its number; what a step is made from has lower ones. */
export type Node = (Leaf | Step) & {
  /** Whether a parameter, or a quantity, has a say in it. */
  readonly byParameters: boolean;
  readonly byQuantities: boolean;
};

const CARRIED_LOGARITHMS: readonly string[] = ['N', 'D', 'r', 'r_f'] satisfies Quantity[];
/** S is 0 in monolingual runs; all others are above 0. */
const ALWAYS_POSITIVE: readonly string[] = ['N', 'D_T', 'k', 'r', 'r_f', 'D', 'C'] satisfies Quantity[];

export class Graph {
  readonly nodes: Node[] = [];
  private readonly known = new Map<string, number>();

  at(node: number): Node {
    const found = this.nodes[node];
    if (found === undefined) throw new RangeError(`no node ${node} in a graph of ${this.nodes.length}`);
    return found;
  }

  number(value: number): number {
    return this.make(`number ${Object.is(value, -0) ? 0 : value}`, {
      kind: 'number',
      value,
      byParameters: false,
      byQuantities: false,
    });
  }

  quantity(quantity: Quantity): number {
    return this.make(`quantity ${quantity}`, {
      kind: 'quantity',
      quantity,
      byParameters: false,
      byQuantities: true,
    });
  }

  parameter(index: number): number {
    return this.make(`parameter ${index}`, {
      kind: 'parameter',
      index,
      byParameters: true,
      byQuantities: false,
    });
  }

  add(a: number, b: number): number {
    if (this.is(a, 0)) return b;
    if (this.is(b, 0)) return a;
    return a < b ? this.step(ADD, a, b) : this.step(ADD, b, a);
  }

  subtract(a: number, b: number): number {
    if (this.is(b, 0)) return a;
    if (this.is(a, 0)) return this.negate(b);
    return this.step(SUBTRACT, a, b);
  }

  negate(a: number): number {
    const node = this.at(a);
    return node.kind === 'step' && node.operation === NEGATE ? (node.from[0] ?? a) : this.step(NEGATE, a);
  }

  multiply(a: number, b: number): number {
    if (this.is(a, 0) || this.is(b, 0)) return this.number(0);
    if (this.is(a, 1)) return b;
    if (this.is(b, 1)) return a;
    if (this.is(a, -1)) return this.negate(b);
    if (this.is(b, -1)) return this.negate(a);
    return a < b ? this.step(MULTIPLY, a, b) : this.step(MULTIPLY, b, a);
  }

  divide(a: number, b: number): number {
    if (this.is(b, 1)) return a;
    return this.step(DIVIDE, a, b);
  }

  power(base: number, exponent: number): number {
    if (this.is(exponent, 1)) return base;
    if (this.is(exponent, 2)) return this.multiply(base, base);
    if (this.is(exponent, 0.5)) return this.sqrt(base);
    if (this.is(exponent, -1)) return this.divide(this.number(1), base);
    // Of a base above 0 the logarithm is at hand, or is wanted for the derivative; exp costs a third of a power.
    if (this.at(base).kind !== 'number' && this.isPositive(base))
      return this.exp(this.multiply(exponent, this.log(base)));
    return this.step(POWER, base, exponent);
  }

  exp(a: number): number {
    return this.step(EXP, a);
  }

  expm1(a: number): number {
    return this.step(EXPM1, a);
  }

  log(a: number): number {
    const node = this.at(a);
    if (node.kind === 'quantity' && CARRIED_LOGARITHMS.includes(node.quantity)) {
      return this.make(`logarithm ${node.quantity}`, {
        kind: 'logarithm',
        quantity: node.quantity as 'N' | 'D' | 'r' | 'r_f',
        byParameters: false,
        byQuantities: true,
      });
    }
    return this.step(LOG, a);
  }

  log1p(a: number): number {
    return this.step(LOG1P, a);
  }

  sqrt(a: number): number {
    return this.step(SQRT, a);
  }

  abs(a: number): number {
    return this.step(ABS, a);
  }

  sign(a: number): number {
    return this.step(SIGN, a);
  }

  min(a: number, b: number): number {
    return this.step(MIN, a, b);
  }

  max(a: number, b: number): number {
    return this.step(MAX, a, b);
  }

  /** a·b, and 0 where either is 0 even if the other has no value. */
  damped(a: number, b: number): number {
    const isPlain = [0, 1, -1].some((value) => this.is(a, value) || this.is(b, value));
    if (isPlain) return this.multiply(a, b);
    return a < b ? this.step(DAMPED, a, b) : this.step(DAMPED, b, a);
  }

  /** a/b, and 0 where a is 0 even if b is 0 too or has no value. */
  dampedQuotient(a: number, b: number): number {
    if (this.is(a, 0) || this.is(b, 1)) return a;
    return this.step(DAMPED_QUOTIENT, a, b);
  }

  /** ∂(base^exponent)/∂base, where `raised` is the power itself. */
  powerSlope(base: number, exponent: number, raised: number): number {
    return this.step(POWER_SLOPE, base, exponent, raised);
  }

  whereAtLeast(a: number, b: number, then: number): number {
    return this.is(then, 0) ? then : this.step(WHERE_AT_LEAST, a, b, then);
  }

  whereAbove(a: number, b: number, then: number): number {
    return this.is(then, 0) ? then : this.step(WHERE_ABOVE, a, b, then);
  }

  private is(node: number, value: number): boolean {
    const { kind, ...rest } = this.at(node);
    return kind === 'number' && 'value' in rest && rest.value === value;
  }

  /** Whether it is above 0 at every point, as far as its form says. */
  private isPositive(node: number): boolean {
    const found = this.at(node);
    if (found.kind === 'number') return found.value > 0;
    if (found.kind === 'quantity') return ALWAYS_POSITIVE.includes(found.quantity);
    return (
      found.kind === 'step' &&
      (found.operation === MULTIPLY || found.operation === DIVIDE || found.operation === ADD) &&
      found.from.every((source) => this.isPositive(source))
    );
  }

  private step(operation: number, ...from: number[]): number {
    const nodes = from.map((node) => this.at(node));
    const numbers = nodes.flatMap((node) => (node.kind === 'number' ? [node.value] : []));
    if (numbers.length === from.length) {
      const [a = 0, b = 0, c = 0] = numbers;
      return this.number(operate(operation, a, b, c));
    }
    return this.make(`${operation} ${from.join(' ')}`, {
      kind: 'step',
      operation,
      from,
      byParameters: nodes.some((node) => node.byParameters),
      byQuantities: nodes.some((node) => node.byQuantities),
    });
  }

  private make(key: string, node: Node): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.nodes.push(node);
    this.known.set(key, this.nodes.length - 1);
    return this.nodes.length - 1;
  }
}
