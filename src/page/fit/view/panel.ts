/** `<fit-view>`: the panels of the view in their order; files may be dropped anywhere on it. */

import { html, type PropertyValues } from 'lit';
import { shared } from '../../parts/shared.styles.ts';
import { FitElement } from '../fitElement.ts';
import type { FitImport } from '../importing/panel.ts';
import type { FitProfile } from '../profile/panel.ts';
import type { FitStudy } from '../study.ts';
import { styles } from './panel.styles.ts';

/** Property: `study`. Method: `bringRuns()`. */
export class FitView extends FitElement {
  static override styles = [shared, styles];
  static override properties = { ...FitElement.properties, hidden: { type: Boolean, reflect: true } };

  bringRuns(): void {
    this.renderRoot.querySelector<FitImport>('fit-import')?.show();
  }

  /** It is this element that says whether the others are seen. */
  protected override shouldUpdate(): boolean {
    return true;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.study) this.study.seen.value = !this.hidden;
  }

  protected override draw(study: FitStudy): unknown {
    // Without a fit these have nothing to show, and should take no room.
    const isNone = study.fit === null;
    return html`
      <div
        class="view"
        @dragover=${(event: DragEvent) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        }}
        @drop=${(event: DragEvent) => this.#drop(event)}
      >
        <div class="top">
          <fit-summary .study=${study}></fit-summary>
          <fit-sources .study=${study} @import=${() => this.bringRuns()}></fit-sources>
        </div>
        <fit-parameters
          ?hidden=${isNone}
          .study=${study}
          @profile=${(event: CustomEvent<string>) =>
            this.renderRoot.querySelector<FitProfile>('fit-profile')?.show(event.detail)}
        ></fit-parameters>
        <fit-points ?hidden=${isNone} .study=${study}></fit-points>
        <fit-doubts ?hidden=${isNone} .study=${study}></fit-doubts>
        <fit-laws ?hidden=${isNone} .study=${study}></fit-laws>
        <div class="two" ?hidden=${isNone}>
          <fit-held-out .study=${study}></fit-held-out>
          <fit-profile .study=${study}></fit-profile>
        </div>
        <fit-own-law .study=${study}></fit-own-law>
        <fit-keep ?hidden=${isNone} .study=${study}></fit-keep>
        <fit-import .study=${study}></fit-import>
      </div>
    `;
  }

  #drop(event: DragEvent): void {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.renderRoot.querySelector<FitImport>('fit-import')?.take(files);
  }
}
