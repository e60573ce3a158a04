/** Laws by name or definition, and what the page shows of them. */

import type { OwnLawFile } from '../../formats/ownLaw.ts';
import { mathml } from '../../law/formula.ts';
import type { Law } from '../../law/law.ts';
import { LAWS, lawNamed } from '../../law/laws/catalogue.ts';
import { FormulaError, OwnLawError } from '../../law/own/errors.ts';
import type { Run } from '../../law/run.ts';
import type { LawAsked, LawFacts, OwnLawRead } from '../api/fits.ts';

export type LawHeld = {
  readonly law: Law;
  readonly own: OwnLawFile | null;
  /** Throws `NoLossError` where a formula of the user's gives no loss at the runs. */
  readonly check: (runs: readonly Run[], freeze: Readonly<Record<string, number>>) => void;
};

/** Laws of one's own are parsed once for each definition; a person has a few of them. */
const MOST_KEPT = 24;

export class Laws {
  readonly #own = new Map<string, LawHeld>();
  readonly #facts = new WeakMap<Law, LawFacts>();

  all(): LawFacts[] {
    return LAWS.map((law) => this.factsOf({ law, own: null }));
  }

  /** Throws `UnknownLawError`, `FormulaError` or `OwnLawError`. */
  async lawOf(asked: LawAsked): Promise<LawHeld> {
    if (typeof asked === 'string') return { law: lawNamed(asked), own: null, check: () => {} };
    const key = JSON.stringify(asked);
    const known = this.#own.get(key);
    if (known) return known;
    // The expression library is large and slow to load, so it is loaded where there is a formula.
    const [{ ownLaw }, { checkOwnLaw }] = await Promise.all([
      import('../../law/own/ownLaw.ts'),
      import('../../law/own/check.ts'),
    ]);
    const law = ownLaw(asked);
    const held: LawHeld = {
      law,
      own: asked,
      check: (runs, freeze) => checkOwnLaw(law, runs, freeze),
    };
    const [oldest] = this.#own.keys();
    if (this.#own.size >= MOST_KEPT && oldest !== undefined) this.#own.delete(oldest);
    this.#own.set(key, held);
    return held;
  }

  factsOf({ law, own }: Pick<LawHeld, 'law' | 'own'>): LawFacts {
    const known = this.#facts.get(law);
    if (known) return known;
    const { name, title, formula, source, note, parameters, reads } = law;
    const facts: LawFacts = {
      name,
      title,
      mathml: mathml(formula.tex),
      text: formula.text,
      source,
      note,
      parameters: parameters.map((parameter) => ({
        ...parameter,
        mathml: mathml(parameter.tex, { display: false }),
      })),
      reads,
      effects: (law.nulls ?? []).map((one) => one.name),
      own,
    };
    this.#facts.set(law, facts);
    return facts;
  }

  /** Reads a law of one's own as far as it goes; what is wrong with it is an answer and no error. */
  async read(own: OwnLawFile): Promise<OwnLawRead> {
    try {
      return { ok: true, law: this.factsOf(await this.lawOf(own)) };
    } catch (error) {
      if (error instanceof FormulaError) {
        const { character, problem } = error;
        return { ok: false, character, field: '', problem };
      }
      if (error instanceof OwnLawError) {
        return { ok: false, character: null, field: error.field, problem: error.problem };
      }
      throw error;
    }
  }
}
