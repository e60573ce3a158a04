/** What `--law` names → laws. */

import { type OwnLawFile, parseOwnLawText } from '../../formats/ownLaw.ts';
import type { Law } from '../../law/law.ts';
import { LAWS, lawNamed } from '../../law/laws/catalogue.ts';
import type { Run } from '../../law/run.ts';
import { readTextFile } from '../files/files.ts';
import { InputError } from '../report.ts';

export type AskedLaw = {
  readonly law: Law;
  /** Where it is one of the user's own. */
  readonly own: OwnLawFile | null;
  /** Throws `NoLossError` where a formula of the user's gives no loss at the runs. */
  readonly check: (runs: readonly Run[], freeze: Readonly<Record<string, number>>) => void;
};

const ALL = 'all';

/**
 * The laws of a list of names, `all`, and files, each once. Throws `UnknownLawError`, and for a file what reading and parsing it
 * throws; `FormulaError` and `OwnLawError` say where in it.
 */
export async function askedLaws(names: readonly string[]): Promise<AskedLaw[]> {
  const asked = new Map<string, AskedLaw>();
  const add = (one: AskedLaw) => {
    const other = asked.get(one.law.name);
    if (other && (other.own || one.own))
      throw new InputError(`--law: two laws are called ${one.law.name}; give yours another name`);
    asked.set(one.law.name, one);
  };
  for (const name of names) {
    if (name === ALL) for (const law of LAWS) add(known(law));
    else if (isFile(name))
      add(await ownLawOf(parseOwnLawText(await readTextFile(name, '--law'), name), name));
    else add(known(lawNamed(name)));
  }
  return [...asked.values()];
}

function known(law: Law): AskedLaw {
  return { law, own: null, check: () => {} };
}

function isFile(name: string): boolean {
  return /[/\\]|\.json$/i.test(name);
}

/** The expression library is large and slow to load, so it is loaded where there is a formula. Throws `InputError`, naming `file`. */
export async function ownLawOf(own: OwnLawFile, file: string): Promise<AskedLaw> {
  const [{ ownLaw }, { checkOwnLaw }, { FormulaError, OwnLawError }] = await Promise.all([
    import('../../law/own/ownLaw.ts'),
    import('../../law/own/check.ts'),
    import('../../law/own/errors.ts'),
  ]);
  try {
    const law = ownLaw(own);
    return { law, own, check: (runs, freeze) => checkOwnLaw(law, runs, freeze) };
  } catch (error) {
    const isTheirs = error instanceof FormulaError || error instanceof OwnLawError;
    throw isTheirs ? new InputError(`${file}: ${error.message}`) : error;
  }
}
