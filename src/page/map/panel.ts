/** `<map-view>`: the view Map: the phase map, a person's case, the best epochs, and what each parameter does. */

import { html, nothing } from 'lit';
import { printedName } from '../../law/report/symbols.ts';
import type { Advised } from '../../worker/api/advice.ts';
import { shared } from '../parts/shared.styles.ts';
import { setSymbols } from '../parts/symbol.ts';
import { pairWords } from '../runs/pairWords.ts';
import { counted } from './counted.ts';
import { mapStyles } from './map.styles.ts';
import { MapElement } from './mapElement.ts';
import { styles } from './panel.styles.ts';
import type { MapPhase } from './phase/panel.ts';
import type { MapState, ReadyFit } from './state.ts';

/** Properties: `state`; `whole`, which asks for all that the command line writes. */
export class MapView extends MapElement {
  static override styles = [shared, mapStyles, styles];
  static override properties = { ...MapElement.properties, whole: { attribute: false } };

  declare whole: ((signal: AbortSignal) => Promise<Advised | null>) | undefined;

  protected override draw(state: MapState): unknown {
    const fit = state.fit.value;
    return html`
      ${fit ? this.law(state, fit) : this.nothingYet(state)}
      ${
        fit
          ? html`
              <div class="places">
                <map-phase .state=${state}></map-phase>
                <map-case .state=${state} .whole=${this.whole}></map-case>
                <map-slice .state=${state}></map-slice>
                <map-epochs .state=${state}></map-epochs>
                <map-turn .state=${state}></map-turn>
              </div>
            `
          : nothing
      }
    `;
  }

  /** For the keyboard: the map itself, or the case's first field. */
  goTo(place: 'map' | 'case'): void {
    if (place === 'map') this.renderRoot.querySelector<MapPhase>('map-phase')?.goTo();
    else this.renderRoot.querySelector('map-case')?.shadowRoot?.querySelector('input')?.focus();
  }

  private law(state: MapState, { facts, file, resamples }: ReadyFit): unknown {
    const { pair, pairs } = state.fits.composition.value;
    const names = pairs.map(({ name }) => name);
    const doubts = [
      ...(file.status === 'under-determined'
        ? [
            `The fit is under-determined: the runs leave ${file.unknown.length > 0 ? file.unknown.map(printedName).join(', ') : 'some direction among its parameters'} open.`,
          ]
        : []),
      ...(state.told.value?.gaps ?? []).map(({ what, reason }) => `Nothing is known of ${what}: ${reason}.`),
    ];
    return html`
      <p class="law">
        <span>
          <strong>${facts.law.title}</strong>, fitted to ${counted(file.rows, 'run')}${pair ? ` of ${pairWords(pair, names)}` : ''}${
            resamples > 0 ? `; ${counted(resamples, 'resample')} say how sure` : ''
          }.
        </span>
        ${state.fits.why.value === '' ? nothing : html`<span>${state.fits.why.value}</span>`}
        <a href="#/fit">Another law, other runs: Fit</a>
      </p>
      ${doubts.map((doubt) => html`<p class="note">${setSymbols(doubt)}</p>`)}
    `;
  }

  private nothingYet(state: MapState): unknown {
    const current = state.fits.current.value;
    if (current.status === 'failed')
      return html`<div class="sheet empty"><h2>The law could not be fitted</h2><p>${current.failure.message} ${current.failure.advice}</p><p><a href="#/fit">See it in Fit</a></p></div>`;
    if (current.status === 'fitting')
      return html`
        <div class="sheet empty">
          <h2>The law is being fitted</h2>
          <p class="busy" role="status">${current.law}<progress aria-label="Fitting ${current.law}" max="1" .value=${current.share}></progress></p>
        </div>
      `;
    return html`
      <div class="sheet empty">
        <h2>There is no law yet to draw a map of</h2>
        <p>${current.status === 'none' ? current.reason : nothing}</p>
        <p>
          A map needs a fit, and a fit needs finished runs with several sizes, amounts of text and kinds of recipe:
          <a href="#/sweep">train a sweep</a>, or <a href="#/fit">bring a table of runs</a> in Fit.
        </p>
      </div>
    `;
  }
}
