/** A law of one's own, from a formula: parsed, differentiated as an expression, worked through as a list of operations, never evaluated. */

import { type Law, type LawParameter, parameterValue } from '../law.ts';
import { LAWS } from '../laws/catalogue.ts';
import { type Point, QUANTITIES, type Quantity } from '../point.ts';
import { build } from './build.ts';
import { withDefaults } from './defaults.ts';
import type { OwnLawDefinition, OwnParameter } from './definition.ts';
import { derive } from './derive.ts';
import { FormulaError, OwnLawError } from './errors.ts';
import { RESERVED } from './functions.ts';
import { Graph } from './graph.ts';
import { parseFormula } from './parse.ts';
import { layOut, type Tape } from './tape.ts';
import { tellers } from './tellers.ts';
import { formulaTex } from './tex.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
/** More than any law has; each multiplies the grid of starts. */
const MOST_PARAMETERS = 24;
const MOST_NAME_CHARACTERS = 60;

export type OwnLaw = Law & {
  /** What the formula gives, be it a loss or not. */
  readonly formulaAt: (point: Point, theta: Float64Array) => number;
  /** Names of the parameters by which it has no finite slope there, whatever its value. */
  readonly slopelessAt: (point: Point, theta: Float64Array) => readonly string[];
};

/**
 * The law of a definition. Where its loss is not a positive finite number, or some parameter's slope is none (0^α at α = 0 is 1, and
 * falls to 0 beside it), the logarithm is Infinity and the gradient 0, so that a fit turns back from there. Unlike the lab's laws it has
 * no limits at infinite parameters but those that its formula gives; by a parameter that is held there it does not change.
 *
 * Throws a {@link FormulaError} with the character, or an {@link OwnLawError} with the field.
 */
export function ownLaw({ name, formula, parameters: own }: OwnLawDefinition): OwnLaw {
  refuseNames(name, own);
  const parameters = withDefaults(own);
  const { tree, names, text } = parseFormula(formula, [
    ...QUANTITIES,
    ...own.map((parameter) => parameter.name),
  ]);
  refuseUnused(formula, own, (parameter) => names.has(parameter));
  const graph = new Graph();
  const top = build(graph, tree, (leaf) => leafNode(graph, leaf, own), formula);
  const slopes = derive(graph, top, own.length);
  const reads = QUANTITIES.filter((quantity) => names.has(quantity));
  if (reads.length === 0) {
    throw new FormulaError(formula, 1, `the formula reads no quantity; it may read ${QUANTITIES.join(', ')}`);
  }
  const tape = layOut(graph, [top, ...slopes], own.length);
  const logLoss = logLossOf(tape, parameters);
  const at = (point: Point, theta: Float64Array): void => {
    tape.run(
      point,
      Float64Array.from(parameters, (parameter, index) =>
        parameterValue(parameter, theta[index] ?? Number.NaN),
      ),
    );
  };
  const toldBy = tellers(parameters, logLoss);
  return {
    name,
    title: name,
    formula: { tex: formulaTex(tree), text: `L = ${text}` },
    source: 'a formula of your own',
    note: '',
    parameters: parameters.map((parameter, index) => ({
      ...parameter,
      toldBy: own[index]?.toldBy ?? toldBy[index] ?? 'any',
    })),
    reads,
    limits: [],
    logLoss,
    formulaAt: (point, theta) => {
      at(point, theta);
      return tape.result(0);
    },
    slopelessAt: (point, theta) => {
      at(point, theta);
      return parameters.flatMap((parameter, index) =>
        Number.isFinite(theta[index]) && !Number.isFinite(tape.result(index + 1)) ? [parameter.name] : [],
      );
    },
  };
}

function leafNode(graph: Graph, name: string, own: readonly OwnParameter[]): number {
  const index = own.findIndex((parameter) => parameter.name === name);
  // The parser knows quantities and parameters only, and no parameter is named like a quantity.
  return index >= 0 ? graph.parameter(index) : graph.quantity(name as Quantity);
}

function logLossOf({ run, result }: Tape, parameters: readonly LawParameter[]): Law['logLoss'] {
  const count = parameters.length;
  const isLog = Uint8Array.from(parameters, ({ scale }) => (scale === 'log' ? 1 : 0));
  const thetaBefore = new Float64Array(count).fill(Number.NaN);
  const values = new Float64Array(count);
  return (point, theta, gradient) => {
    for (let index = 0; index < count; index++) {
      const coordinate = theta[index] as number;
      if (coordinate === thetaBefore[index]) continue;
      thetaBefore[index] = coordinate;
      values[index] = isLog[index] === 1 ? Math.exp(coordinate) : coordinate;
    }
    run(point, values);
    const loss = result(0);
    if (!(loss > 0 && loss < Number.POSITIVE_INFINITY)) {
      gradient.fill(0);
      return Number.POSITIVE_INFINITY;
    }
    for (let index = 0; index < count; index++) {
      // At infinity nothing is left to change, though ∞·0 has no value.
      if (!Number.isFinite(theta[index])) {
        gradient[index] = 0;
        continue;
      }
      const slope = result(index + 1) / loss;
      const scaled = isLog[index] === 1 ? slope * (values[index] as number) : slope;
      if (!Number.isFinite(scaled)) {
        gradient.fill(0);
        return Number.POSITIVE_INFINITY;
      }
      gradient[index] = scaled;
    }
    return Math.log(loss);
  };
}

function refuseNames(name: string, parameters: readonly OwnParameter[]): void {
  // Control characters would break the lines of a terminal and the text of a figure.
  if (name.trim() === '' || name.length > MOST_NAME_CHARACTERS || /\p{C}/u.test(name)) {
    throw new OwnLawError('name', `a law's name has 1 to ${MOST_NAME_CHARACTERS} printable characters`);
  }
  const namesake = LAWS.find((law) => law.name === name.trim().toLowerCase());
  if (namesake !== undefined) {
    throw new OwnLawError(
      'name',
      `${name.trim()} is a law of the lab (${namesake.title}); give yours another name, as in my-${namesake.name}`,
    );
  }
  if (parameters.length === 0)
    throw new OwnLawError('parameters', 'there is nothing to fit; name at least one');
  if (parameters.length > MOST_PARAMETERS) {
    throw new OwnLawError(
      'parameters',
      `there are ${parameters.length}, at most ${MOST_PARAMETERS} are fitted`,
    );
  }
  parameters.forEach((parameter, index) => {
    const field = `parameters[${index}].name`;
    const problem = problemOfName(parameter.name, parameters.slice(0, index));
    if (problem !== null) throw new OwnLawError(field, problem);
  });
}

function problemOfName(name: string, before: readonly OwnParameter[]): string | null {
  if (!NAME.test(name)) {
    return `${JSON.stringify(name)} is no name here; write ASCII letters, digits and _, beginning with a letter, as in alpha`;
  }
  if ((QUANTITIES as readonly string[]).includes(name)) {
    return `${name} is a quantity of the runs; give the parameter another name`;
  }
  if (RESERVED.has(name)) return `${name} has a meaning in formulas; give the parameter another name`;
  return before.some((parameter) => parameter.name === name) ? `${name} is named twice` : null;
}

function refuseUnused(
  formula: string,
  own: readonly OwnParameter[],
  isUsed: (name: string) => boolean,
): void {
  own.forEach(({ name }, index) => {
    if (isUsed(name)) return;
    throw new OwnLawError(
      `parameters[${index}].name`,
      `${name} does not occur in the formula ${formula.trim()}`,
    );
  });
}
