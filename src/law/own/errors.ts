/** What can be wrong with a law of one's own: with its formula, with its parameters, or with its values at the runs. */

/** Characters of a long formula that are shown on either side of the fault. */
const EXCERPT_CHARACTERS = 48;

/** The formula cannot be taken; says where, with a caret under the character. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly formula: string;
  /** Of the first character at fault, counted from 1; one past the end where something is missing there. */
  readonly character: number;
  readonly problem: string;

  constructor(formula: string, character: number, problem: string) {
    super(`formula, character ${character}: ${problem}\n${pointAt(formula, character)}`);
    this.formula = formula;
    this.character = character;
    this.problem = problem;
  }
}

/** Name, bounds or starts of a law of one's own do not fit together. */
export class OwnLawError extends Error {
  override readonly name = 'OwnLawError';
  /** As in the definition: `name`, `parameters[2].lower`. */
  readonly field: string;
  readonly problem: string;

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/** The formula gives no loss at the runs, or none that a fit could follow, wherever a fit would begin. */
export class NoLossError extends Error {
  override readonly name = 'NoLossError';
  readonly law: string;
  /** Where the run at fault was read. */
  readonly place: string;
  /** What the formula gave there. */
  readonly loss: number;
  /** Where that is a loss: the parameters by which it has no slope. */
  readonly slopeless: readonly string[];
  /** Parameters by name, as they were tried. */
  readonly values: Readonly<Record<string, number>>;

  constructor(
    law: string,
    place: string,
    loss: number,
    slopeless: readonly string[],
    values: Readonly<Record<string, number>>,
    hint: string,
  ) {
    const tried = Object.entries(values).map(([name, value]) => `${name} = ${Number(value.toPrecision(4))}`);
    const shown = Number.isFinite(loss) ? Number(loss.toPrecision(4)) : loss;
    const why =
      slopeless.length > 0
        ? `where it is ${shown} but has no finite slope by ${slopeless.join(', ')}`
        : `where it is ${shown}`;
    super(
      `${law} gives no loss that can be fitted: at every start some run comes to a number that is not above 0 and finite, or to one without ` +
        `a slope; first at ${place}, ${why} with ${tried.join(', ')}${hint}. ` +
        'Mend the formula, keep the pole away with min or max, or give starts at which it is a loss.',
    );
    this.law = law;
    this.place = place;
    this.loss = loss;
    this.slopeless = slopeless;
    this.values = values;
  }
}

function pointAt(formula: string, character: number): string {
  const at = character - 1;
  const from = at > EXCERPT_CHARACTERS ? at - EXCERPT_CHARACTERS : 0;
  const to = Math.min(formula.length, at + EXCERPT_CHARACTERS);
  const before = from > 0 ? '…' : '';
  const line = `${before}${formula.slice(from, to)}${to < formula.length ? '…' : ''}`;
  return `  ${line}\n  ${' '.repeat(before.length + at - from)}^`;
}
