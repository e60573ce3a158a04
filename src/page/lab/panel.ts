/** The screen: what comes where. The panels inside do the rest. */

import { html } from 'lit';
import type { Side } from '../../worker/api.ts';
import type { LabActions } from '../actions.ts';
import type { FieldId } from '../form/fields.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { elementId } from '../recipes/field.ts';
import { shared } from '../shared.styles.ts';
import type { LabState } from '../state.ts';
import { styles } from './panel.styles.ts';

export class LabPanel extends LabElement {
  static override styles = [shared, styles];

  /** Hands the lab to the element that stands in the document. */
  begin(state: LabState, actions: LabActions): void {
    this.lab = { state, actions };
  }

  /** Goes to the field, or the text, that another panel speaks of. */
  private readonly showField = ({ detail }: CustomEvent<FieldId | Side>): void => {
    const isText = detail === 'target' || detail === 'source';
    const panel = this.renderRoot.querySelector(isText ? 'lab-corpora' : 'lab-recipes');
    if (panel instanceof LabElement) panel.focusOn(isText ? `${detail}-place` : elementId(detail));
  };

  protected override draw(lab: Lab): unknown {
    return html`
      <lab-header .lab=${lab}></lab-header>
      <main @mend=${this.showField}>
        <lab-notices .lab=${lab}></lab-notices>
        <div class="columns">
          <div class="column">
            <lab-corpora .lab=${lab}></lab-corpora>
            <lab-recipes .lab=${lab}></lab-recipes>
          </div>
          <div class="column results">
            <lab-control .lab=${lab}></lab-control>
            <lab-chart .lab=${lab}></lab-chart>
            <lab-runs .lab=${lab}></lab-runs>
          </div>
        </div>
      </main>
      <footer>
        <p>
          Texts, models and results stay on this machine; only a corpus that you ask for is fetched from elsewhere. Losses are measured on documents that no run trains on; every
          run of a fleet is measured on the same ones.
        </p>
      </footer>
    `;
  }
}
