/** What was turned may be of another law, or written by hand into an address: what of it the law that is asked can take. */

import { coordinateOf, type LawParameter, parameterValue } from '../../../law/law.ts';
import { printedName } from '../../../law/report/symbols.ts';
import { figure } from '../numbers.ts';

export type SoundTurns = {
  readonly turned: Readonly<Record<string, number>>;
  /** A sentence for each that was left out. */
  readonly problems: readonly string[];
};

type TurnedLaw = { readonly name: string; readonly parameters: readonly LawParameter[] };

/** Relative, of a coordinate: a bound as an address has it, to four digits, is the bound. */
const ROUNDING = 1e-3;

export function soundTurns(law: TurnedLaw | null, asked: Readonly<Record<string, number>>): SoundTurns {
  const turned: Record<string, number> = {};
  const problems: string[] = [];
  if (law === null) return { turned, problems };
  for (const [name, value] of Object.entries(asked)) {
    const parameter = law.parameters.find((one) => one.name === name);
    if (!parameter)
      problems.push(`${printedName(name)} is no parameter of ${law.name}: its turn is left out.`);
    else if (isWithin(parameter, value)) turned[name] = value;
    else
      problems.push(
        `${printedName(name)} = ${figure(value, 3)} is left out: it may be from ${endWords(parameter, 'lower')} to ${endWords(parameter, 'upper')}.`,
      );
  }
  return { turned, problems };
}

function isWithin(parameter: LawParameter, value: number): boolean {
  const at = coordinateOf(parameter, value);
  const { lower, upper } = parameter;
  const about = (bound: number) => ROUNDING * Math.max(1, Math.abs(bound));
  return at >= lower - about(lower) && at <= upper + about(upper);
}

function endWords(parameter: LawParameter, end: 'lower' | 'upper'): string {
  return figure(parameterValue(parameter, parameter[end]), 3);
}
