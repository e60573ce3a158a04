/** From the parser's tree into the graph. */

import type { ConstantNode, FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';
import { FormulaError } from './errors.ts';
import { FUNCTIONS } from './functions.ts';
import type { Graph } from './graph.ts';

/** The node of the graph that has the tree's value. `leaf` gives the node of a name. Throws a {@link FormulaError}. */
export function build(graph: Graph, tree: MathNode, leaf: (name: string) => number, formula: string): number {
  const visit = (node: MathNode): number => {
    switch (node.type) {
      case 'ParenthesisNode':
        return visit((node as ParenthesisNode).content);
      case 'ConstantNode':
        return graph.number((node as ConstantNode).value);
      case 'SymbolNode':
        return leaf((node as SymbolNode).name);
      case 'OperatorNode': {
        const { fn, args } = node as unknown as OperatorNode<'+', 'add'>;
        return operator(graph, fn, args.map(visit)) ?? fail(node.toString());
      }
      case 'FunctionNode': {
        const { fn, args } = node as FunctionNode;
        refuseCount(fn.name, args.length, formula);
        return call(graph, fn.name, args.map(visit)) ?? fail(fn.name);
      }
      default:
        return fail(node.toString());
    }
  };
  // Behind the reading word by word, which has refused all that could bring one here.
  const fail = (what: string): never => {
    throw new FormulaError(
      formula,
      Math.max(0, formula.indexOf(what)) + 1,
      `${what} has no meaning in a formula`,
    );
  };
  return visit(tree);
}

function operator(graph: Graph, name: string, [a, b]: readonly number[]): number | null {
  if (a === undefined) return null;
  if (name === 'unaryMinus') return graph.negate(a);
  if (name === 'unaryPlus') return a;
  if (b === undefined) return null;
  if (name === 'add') return graph.add(a, b);
  if (name === 'subtract') return graph.subtract(a, b);
  if (name === 'multiply') return graph.multiply(a, b);
  if (name === 'divide') return graph.divide(a, b);
  return name === 'pow' ? graph.power(a, b) : null;
}

function call(graph: Graph, name: string, values: readonly number[]): number | null {
  const [a, b] = values;
  if (a === undefined) return null;
  switch (name) {
    case 'exp':
      return graph.exp(a);
    case 'expm1':
      return graph.expm1(a);
    case 'log':
      return b === undefined ? graph.log(a) : graph.divide(graph.log(a), graph.log(b));
    case 'log1p':
      return graph.log1p(a);
    case 'log2':
      return graph.divide(graph.log(a), graph.number(Math.LN2));
    case 'log10':
      return graph.divide(graph.log(a), graph.number(Math.LN10));
    case 'sqrt':
      return graph.sqrt(a);
    case 'abs':
      return graph.abs(a);
    case 'pow':
      return b === undefined ? null : graph.power(a, b);
    case 'min':
      return values.reduce((least, value) => graph.min(least, value));
    case 'max':
      return values.reduce((most, value) => graph.max(most, value));
    default:
      return null;
  }
}

function refuseCount(name: string, count: number, formula: string): void {
  const known = FUNCTIONS[name];
  if (known === undefined || (count >= known.least && count <= known.most)) return;
  const wanted = known.least === known.most ? `${known.least}` : `${known.least} to ${known.most}`;
  const at = formula.search(new RegExp(`(?<![\\w])${name}\\s*\\(`));
  throw new FormulaError(
    formula,
    Math.max(0, at) + 1,
    `${name} takes ${wanted} value${wanted === '1' ? '' : 's'}, not ${count}`,
  );
}
