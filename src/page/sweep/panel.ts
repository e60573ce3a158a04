/** `<sweep-view>`: design and cost beside the queue, and below them the sweep that is looked at, and all runs. Result files may be dropped anywhere on it. */

import { html } from 'lit';
import { shared } from '../parts/shared.styles.ts';
import type { SweepAllPanel } from './all/panel.ts';
import { styles } from './panel.styles.ts';
import type { SweepDetailPanel } from './sweep/panel.ts';
import { SweepElement, type Sweeping } from './sweepElement.ts';

/** Property: `sweeping`. */
export class SweepViewPanel extends SweepElement {
  static override styles = [shared, styles];

  /** Gives whether there is a table to filter. */
  focusFilter(): boolean {
    const tables = this.renderRoot.querySelectorAll<SweepDetailPanel | SweepAllPanel>(
      'sweep-detail, sweep-all',
    );
    return [...tables].some((table) => table.focusFilter());
  }

  protected override draw(sweeping: Sweeping): unknown {
    return html`
      <div class="view" @dragover=${hold} @drop=${(event: DragEvent) => drop(event, sweeping)}>
        <sweep-design .sweeping=${sweeping}></sweep-design>
        <div class="side">
          <sweep-cost .sweeping=${sweeping}></sweep-cost>
          <sweep-queue .sweeping=${sweeping}></sweep-queue>
        </div>
        <sweep-detail .sweeping=${sweeping} ?hidden=${sweeping.state.sweep.value === null}></sweep-detail>
        <sweep-bring .sweeping=${sweeping}></sweep-bring>
        <sweep-all .sweeping=${sweeping}></sweep-all>
      </div>
    `;
  }
}

/** A file that is dropped beside its place would else take the page's place. */
function hold(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
}

function drop(event: DragEvent, { actions }: Sweeping): void {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0 || event.defaultPrevented) return;
  event.preventDefault();
  void actions.bring(files);
}
