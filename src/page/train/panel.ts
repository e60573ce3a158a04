/** The screen of Train: what comes where. The panels inside do the rest. */

import { html } from 'lit';
import type { Side } from '../../worker/api/texts.ts';
import { shared } from '../parts/shared.styles.ts';
import { elementId, type FieldId } from './form/fields.ts';
import { styles } from './panel.styles.ts';
import { type Train, TrainElement } from './trainElement.ts';

export class TrainPanel extends TrainElement {
  static override styles = [shared, styles];

  /** Goes to the field, or the text, that another panel speaks of. */
  private readonly showField = ({ detail }: CustomEvent<FieldId | Side>): void => {
    const isText = detail === 'target' || detail === 'source';
    const panel = this.renderRoot.querySelector(isText ? 'train-corpora' : 'train-recipes');
    if (panel instanceof TrainElement) panel.focusOn(isText ? `${detail}-place` : elementId(detail));
  };

  private readonly showCurves = (): void => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.renderRoot.querySelector('train-charts')?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' });
  };

  /** Play chose a model: where it is chosen here lies below what is seen first. */
  protected override updated(): void {
    const { isToShow } = this.train?.state.models ?? {};
    if (!isToShow?.value || !this.train?.state.shown.peek()) return;
    isToShow.value = false;
    // The shell has put the focus on the heading, and scrolls with the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => this.showStart()));
  }

  private showStart(): void {
    const recipes = this.renderRoot.querySelector('train-recipes');
    if (!(recipes instanceof TrainElement)) return;
    recipes.focusOn('start');
    recipes.renderRoot.querySelector('#start')?.scrollIntoView({ block: 'center' });
  }

  protected override draw(train: Train): unknown {
    return html`
      <div class="view" @mend=${this.showField} @show-curves=${this.showCurves}>
        <train-start .train=${train}></train-start>
        <div class="columns">
          <div class="column">
            <train-recipes .train=${train}></train-recipes>
            <train-corpora .train=${train}></train-corpora>
          </div>
          <div class="column">
            <train-control .train=${train}></train-control>
            <train-speed .train=${train}></train-speed>
            <train-runs .train=${train}></train-runs>
            <train-charts .train=${train}></train-charts>
            <train-samples .train=${train}></train-samples>
          </div>
        </div>
      </div>
    `;
  }
}
