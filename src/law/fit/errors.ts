/** Why runs cannot be fitted at all. What a fit leaves open is not an error but its status. */

import type { Law } from '../law.ts';
import type { Run } from '../run.ts';

/** No run is left that the law speaks of, or one alone. */
export class TooFewRunsError extends Error {
  override readonly name = 'TooFewRunsError';
  readonly law: string;
  readonly given: number;
  /** Those that the law covers, and those of them that have a weight above 0. */
  readonly covered: number;
  readonly rows: number;

  constructor(law: Law, given: number, covered: number, rows: number) {
    const count = (number: number, verb = 'is') => (number === 0 ? `none ${verb}` : `one ${verb}`);
    const why =
      given < 2
        ? `there ${given === 0 ? 'are no runs' : 'is one run'}`
        : covered < 2
          ? `of ${given} runs ${count(covered)} of the kind that ${law.name} speaks of`
          : `of ${covered} runs ${count(rows, 'has')} a weight above 0`;
    super(
      `${law.name} cannot be fitted: ${why}. A fit takes at least two, and says little with fewer than the law has parameters (${law.parameters.length}).`,
    );
    this.law = law.name;
    this.given = given;
    this.covered = covered;
    this.rows = rows;
  }
}

/** A run whose numbers are none. */
export class BadRunError extends Error {
  override readonly name = 'BadRunError';
  readonly place: string;
  /** `loss`, `weight`, or a quantity of the point. */
  readonly field: string;
  readonly value: number;

  constructor(run: Run, field: string, value: number, rule: string) {
    super(`${run.place}: ${field} is ${value}; it must be ${rule}. Mend the run or leave it out.`);
    this.place = run.place;
    this.field = field;
    this.value = value;
  }
}

/** A loss that went through its logarithm has no more. */
const DIGITS = 12;

/** All runs came to one loss: any law fits that, and none is told by it. */
export class ConstantLossError extends Error {
  override readonly name = 'ConstantLossError';
  readonly loss: number;
  readonly rows: number;

  constructor(loss: number, rows: number) {
    super(
      `All ${rows} runs have the same loss, ${Number(loss.toPrecision(DIGITS))}: nothing can be learnt from them. Is this the column that was meant?`,
    );
    this.loss = loss;
    this.rows = rows;
  }
}

/** A parameter cannot be frozen, or not at this value. */
export class FreezeError extends Error {
  override readonly name = 'FreezeError';
  readonly parameter: string;

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}

/** A law takes parameters from a fit of another law to other runs, and those are too few or too much alike for it. */
export class BorrowError extends Error {
  override readonly name = 'BorrowError';
  readonly law: string;
  readonly from: string;
  /** Runs for the other law. */
  readonly rows: number;
  readonly needed: number;

  constructor(law: Law, from: Law, rows: number, needed: number) {
    const wanted = (law.borrows?.parameters ?? []).join(', ');
    const why =
      rows < needed
        ? `there are ${rows} of these, and it takes ${needed}`
        : `these ${rows} are too much alike to tell them apart`;
    super(
      `${law.name} takes ${wanted} from a fit of ${from.name} to other runs, and ${why}. ` +
        `Add such runs at other scales and token counts, or freeze ${wanted} at known values.`,
    );
    this.law = law.name;
    this.from = from.name;
    this.rows = rows;
    this.needed = needed;
  }
}

/** Weights that do not fit the runs. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  readonly weights: number;
  readonly runs: number;

  constructor(weights: number, runs: number) {
    super(`There are ${weights} weights for ${runs} runs; give one weight a run.`);
    this.weights = weights;
    this.runs = runs;
  }
}

/** A law that is no number wherever its starts lie: no descent can begin. */
export class NowhereFiniteError extends Error {
  override readonly name = 'NowhereFiniteError';
  readonly law: string;
  readonly rows: number;

  constructor(law: Law, rows: number) {
    super(
      `${law.name} gives no finite loss for all of the ${rows} runs at any of its starts. ` +
        'Look at its formula and bounds: a logarithm or a power of something negative, a division by zero.',
    );
    this.law = law.name;
    this.rows = rows;
  }
}
