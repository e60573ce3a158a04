/** `<fit-own-law>`: a law of one's own, its formula shown as it is written, its parameters' bounds and starts. */

import { html, nothing } from 'lit';
import type { OwnLawRead } from '../../../worker/api/fits.ts';
import { saveJson } from '../../parts/download/save.ts';
import { shared } from '../../parts/shared.styles.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { Formulas } from '../math.ts';
import type { FitStudy } from '../study.ts';
import {
  caretUnder,
  type DraftProblem,
  definitionOf,
  draftOf,
  EXAMPLES,
  type LawDraft,
  type ParameterDraft,
  parameterDrafts,
} from './draft.ts';
import { styles } from './panel.styles.ts';
import { OF_WORDS, parametersTable } from './parametersTable.ts';

/** A person who types is not interrupted at every letter. */
const WAIT_MS = 250;

type Problem = DraftProblem & { readonly character: number | null };

/** Property: `study`. */
export class FitOwnLaw extends FitElement {
  static override styles = [shared, fitStyles, styles];
  static override properties = { ...FitElement.properties, written: { state: true }, read: { state: true } };

  /** What stands in the fields. */
  declare private written: LawDraft;
  declare private read: OwnLawRead | null;
  readonly #formulas = new Formulas();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor() {
    super();
    this.written = EXAMPLES[0] ?? { name: 'my-law', formula: '', parameters: {} };
    this.read = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#waiting);
  }

  protected override draw(study: FitStudy): unknown {
    const problem = this.#problem();
    return html`
      <section class="sheet" aria-labelledby="heading">
        <details @toggle=${() => this.#check()}>
          <summary><h2 id="heading">A law of your own</h2></summary>
          <div class="body">
            <p class="soft">
              The loss in nats a token over N, D_T, k, r, r_f, D, S, C and any names of yours, which become its parameters. It is
              differentiated symbolically and never run as code. Functions: exp, log, sqrt, abs, pow, min, max, expm1, log1p, log2, log10.
            </p>
            ${this.#examples(study)}
            <label class="field">
              <span>Name</span>
              <input
                id="name"
                type="text"
                autocomplete="off"
                spellcheck="false"
                .value=${this.written.name}
                aria-invalid=${problem?.field === 'name'}
                @input=${(event: Event) => this.#write({ name: (event.target as HTMLInputElement).value })}
              />
            </label>
            <label class="field">
              <span>Formula</span>
              <textarea
                id="formula"
                rows="3"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                aria-invalid=${problem?.field === ''}
                aria-describedby="said"
                .value=${this.written.formula}
                @input=${(event: Event) => this.#write({ formula: (event.target as HTMLTextAreaElement).value })}
              ></textarea>
            </label>
            <div id="said" aria-live="polite">${this.#said(problem)}</div>
            ${parametersTable({
              drafts: parameterDrafts(this.written),
              facts: this.read?.ok ? this.read.law.parameters : [],
              wrongField: problem?.field ?? '',
              change: (draft, change) => this.#writeParameter(draft, change),
            })}
            <p class="row">
              <button type="button" class="primary" ?disabled=${problem !== null || this.read?.ok !== true} @click=${() => this.#use(study)}>
                Fit this law
              </button>
              <button type="button" ?disabled=${problem !== null || this.read?.ok !== true} @click=${() => this.#save()}>Save as a file</button>
              <span class="soft">The file goes behind <code>m3lab fit --law</code> as well.</span>
            </p>
          </div>
        </details>
      </section>
    `;
  }

  #examples({ fits }: FitStudy): unknown {
    const own = fits.ownLaws.value;
    const drafts = [
      ...own.map(draftOf),
      ...EXAMPLES.filter(({ name }) => !own.some((one) => one.name === name)),
    ];
    return html`
      <label class="row">
        <span class="soft">Begin with</span>
        <select
          @change=${(event: Event) => {
            const found = drafts[(event.target as HTMLSelectElement).selectedIndex];
            if (found) this.#write(found);
          }}
        >
          ${drafts.map(
            ({ name }, index) =>
              html`<option .selected=${name === this.written.name}>${index < own.length ? `${name} (yours)` : `${name} (an example)`}</option>`,
          )}
        </select>
        ${
          own.some(({ name }) => name === this.written.name)
            ? html`<button type="button" class="quiet" @click=${() => this.#forget()}>Delete ${this.written.name}</button>`
            : nothing
        }
      </label>
    `;
  }

  #problem(): Problem | null {
    const definition = definitionOf(this.written);
    if ('problem' in definition) return { ...definition, character: null };
    if (this.read?.ok === false) return this.read;
    return null;
  }

  #said(problem: Problem | null): unknown {
    if (problem === null) {
      const read = this.read;
      if (!read?.ok) return nothing;
      return html`<div class="formula wide" tabindex="0" role="group" aria-label="The formula in print">${this.#formulas.of('law', read.law.mathml)}</div>`;
    }
    if (problem.field === '' && problem.character !== null) {
      return html`
        <p class="problem">Character ${problem.character}: ${problem.problem}.</p>
        <pre class="caret" aria-hidden="true">${caretUnder(this.written.formula.trim(), problem.character)}</pre>
      `;
    }
    return html`<p class="problem">${problem.field === '' ? '' : `${fieldWords(problem.field, this.written)}: `}${problem.problem}.</p>`;
  }

  #writeParameter(draft: ParameterDraft, change: Partial<ParameterDraft>): void {
    this.#write({ parameters: { ...this.written.parameters, [draft.name]: { ...draft, ...change } } });
  }

  #write(change: Partial<LawDraft>): void {
    this.written = { ...this.written, ...change };
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#check(), WAIT_MS);
  }

  async #check(): Promise<void> {
    const definition = definitionOf(this.written);
    const asked = ++this.#asked;
    if ('problem' in definition || !this.study) {
      this.read = null;
      return;
    }
    if (definition.own.parameters.length === 0) {
      this.read = {
        ok: false,
        character: null,
        field: '',
        problem: 'there is nothing to fit: name at least one parameter',
      };
      return;
    }
    const outcome = await this.study.lab.law.send({ command: 'ownLaw', own: definition.own });
    if (asked !== this.#asked) return;
    this.read = outcome.ok
      ? outcome.value
      : { ok: false, character: null, field: '', problem: outcome.failure.message };
  }

  #use({ fits }: FitStudy): void {
    const definition = definitionOf(this.written);
    if ('problem' in definition) return;
    const { own } = definition;
    const others = fits.ownLaws.peek().filter(({ name }) => name !== own.name);
    fits.ownLaws.value = [...others, own];
    // The same name again is another law: its fit has to begin anew.
    if (fits.law.peek() === own.name) fits.refresh();
    else fits.chosenLaw.value = own.name;
  }

  #forget(): void {
    const fits = this.study?.fits;
    if (!fits) return;
    const { name } = this.written;
    if (fits.law.peek() === name) fits.chosenLaw.value = null;
    fits.ownLaws.value = fits.ownLaws.peek().filter((own) => own.name !== name);
  }

  #save(): void {
    const definition = definitionOf(this.written);
    if (!('problem' in definition)) saveJson(definition.own, `${definition.own.name}.json`);
  }
}

/** `parameters[2].lower` → `Lower bound of K`. */
function fieldWords(field: string, draft: LawDraft): string {
  const [, index, of] = /^parameters\[(\d+)\](?:\.(\w+))?/.exec(field) ?? [];
  const name = parameterDrafts(draft)[Number(index)]?.name;
  if (index === undefined || name === undefined) return field === 'name' ? 'Name' : field;
  return of === 'lower' || of === 'upper' || of === 'starts' ? `${OF_WORDS[of]} of ${name}` : name;
}
