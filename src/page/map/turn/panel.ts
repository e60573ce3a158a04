/** `<map-turn>`: a slider for each parameter of the law, with what the fit says of it; map and curves answer. */

import { html, nothing, type PropertyValues } from 'lit';
import type { FitFile } from '../../../formats/fit.ts';
import { between } from '../../../law/report/numbers.ts';
import { printedName } from '../../../law/report/symbols.ts';
import type { LawFacts, ParameterFacts } from '../../../worker/api/fits.ts';
import { mathOf } from '../../fit/math.ts';
import { define } from '../../parts/define.ts';
import { shared } from '../../parts/shared.styles.ts';
import { setSymbols } from '../../parts/symbol.ts';
import { mapStyles } from '../map.styles.ts';
import { MapElement } from '../mapElement.ts';
import { figure } from '../numbers.ts';
import type { MapState } from '../state.ts';
import { symbolsIn } from './litSymbol.ts';
import { styles } from './panel.styles.ts';
import { placeOf, STEPS, sliderDomain, valueAt } from './sliderScale.ts';

type FitParameter = FitFile['parameters'][string];

/** The law's formula and its parameters' symbols, as elements of the page. */
type LawMath = {
  readonly law: LawFacts;
  readonly formula: Element;
  readonly symbols: ReadonlyMap<string, Element>;
};

/** Property: `state`. */
export class MapTurn extends MapElement {
  static override styles = [shared, mapStyles, styles];
  static override properties = { ...MapElement.properties, touched: { state: true } };

  /** Name of the parameter whose slider is focused, or under the pointer. */
  declare private touched: string | null;
  #math: LawMath | null = null;

  constructor() {
    super();
    this.touched = null;
  }

  protected override draw(state: MapState): unknown {
    const fit = state.fit.value;
    if (!fit) return nothing;
    const { law } = fit.facts;
    const { formula, symbols } = this.mathFor(law);
    return html`
      <section class="sheet" aria-labelledby="turn-heading">
        <div class="head">
          <h2 id="turn-heading">What each parameter does</h2>
          <button
            type="button"
            class="small"
            ?disabled=${Object.keys(state.asked.value).length === 0}
            @click=${() => {
              state.asked.value = {};
            }}
          >
            All back to the fit
          </button>
        </div>
        <div class="formula" tabindex="0" role="group" aria-label="The law">${formula}</div>
        <p class="soft">
          Turn a parameter: the map and the curves show the law as it would be. The upright mark is the fit, the band its 95 % interval. ${setSymbols(law.note)}
        </p>
        ${state.turnProblems.value.map((problem) => html`<p class="note">${setSymbols(problem)}</p>`)}
        <ul>
          ${law.parameters.map((parameter) => this.slider(state, fit.file, parameter, symbols.get(parameter.name)))}
        </ul>
      </section>
    `;
  }

  private slider(
    state: MapState,
    file: FitFile,
    parameter: ParameterFacts,
    symbol: Element | undefined,
  ): unknown {
    const fitted = file.parameters[parameter.name];
    if (!fitted) return nothing;
    const { name, meaning, unit } = parameter;
    const domain = sliderDomain(parameter, fitted.value);
    const turned = state.turned.value[name];
    const value = turned ?? fitted.value;
    const id = `turn-${name}`;
    const words = fitWords(file, name, fitted);
    return html`
      <li
        class=${turned === undefined ? '' : 'turned'}
        @pointerenter=${() => this.touch(name)}
        @pointerleave=${() => this.touch(null)}
        @focusin=${() => this.touch(name)}
        @focusout=${() => this.touch(null)}
      >
        <div class="name">
          <label for=${id}><span aria-hidden="true">${symbol}</span> <span class="unseen">${printedName(name)}: </span>${meaning}</label>
          <output for=${id}>${figure(value, 3)}</output>
        </div>
        <input
          id=${id}
          type="range"
          min="0"
          max=${STEPS}
          step="1"
          .value=${String(Math.round(placeOf(parameter, domain, value)))}
          aria-valuetext="${figure(value, 3)}${unit === '1' ? '' : ` ${unit}`}"
          aria-describedby="${id}-fit"
          @input=${(event: Event) => state.turn(name, valueAt(parameter, domain, Number((event.target as HTMLInputElement).value)))}
        />
        ${this.marks(parameter, domain, fitted)}
        <span class="soft" id="${id}-fit">${words}</span>
        ${turned === undefined ? nothing : html`<button type="button" class="quiet back" aria-label="Put ${printedName(name)} back to the fit" @click=${() => state.turn(name, null)}>back</button>`}
      </li>
    `;
  }

  /** Under the track: the fit and its interval. The thumb's middle does not reach the ends of the track. */
  private marks(
    parameter: ParameterFacts,
    domain: readonly [number, number],
    { value, interval }: FitParameter,
  ): unknown {
    const at = (one: number) =>
      THUMB_SHARE + ((1 - 2 * THUMB_SHARE) * placeOf(parameter, domain, one)) / STEPS;
    const fit = at(value);
    const [low, high] = interval ? [at(interval[0]), at(interval[1])] : [fit, fit];
    return html`
      <svg class="marks" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="sure" x=${low} y="0.3" width=${high - low} height="0.4"></rect>
        <rect class="fit" x=${fit - 0.003} y="0" width="0.006" height="1"></rect>
      </svg>
    `;
  }

  private touch(name: string | null): void {
    this.touched = name;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (!this.#math) return;
    const { formula, symbols } = this.#math;
    for (const element of formula.querySelectorAll('.lit')) element.classList.remove('lit');
    const symbol = this.touched === null ? undefined : symbols.get(this.touched);
    if (symbol) for (const element of symbolsIn(formula, symbol)) element.classList.add('lit');
  }

  private mathFor(law: LawFacts): LawMath {
    if (this.#math?.law.name !== law.name || this.#math.law.mathml !== law.mathml) {
      const symbols = new Map(law.parameters.map(({ name, mathml }) => [name, mathOf(mathml)]));
      this.#math = { law, formula: mathOf(law.mathml), symbols };
    }
    return this.#math;
  }
}

/** What the fit says of a parameter, and whether it says anything. */
function fitWords(
  { unknown, atBounds, frozen }: FitFile,
  name: string,
  { value, interval }: FitParameter,
): string {
  const at = figure(value, 3);
  if (unknown.includes(name)) return `no run of the fit tells it; it stands at ${at}`;
  if (frozen.includes(name)) return `given: ${at}`;
  const sure = interval ? `, 95 %: ${between(figure(interval[0], 3), figure(interval[1], 3))}` : '';
  return `fit: ${at}${atBounds.includes(name) ? ', at its bound' : ''}${sure}`;
}

/** Half a thumb, of the width of a slider. */
const THUMB_SHARE = 0.025;

define('map-turn', MapTurn);
