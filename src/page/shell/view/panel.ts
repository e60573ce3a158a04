/** `<lab-view>`: the view that the address names. Each is loaded when it is first shown, and then kept, hidden while another is shown. */

import { html, nothing, type PropertyValues } from 'lit';
import type { Lab } from '../../lab.ts';
import { closeDialogs } from '../../parts/dialog/closeDialogs.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { ViewName } from '../router.ts';
import { ShellElement } from '../shellElement.ts';
import { VIEW_FACTS } from '../views.ts';
import { styles } from './panel.styles.ts';

type ViewState =
  | { readonly status: 'loading' }
  | { readonly status: 'here'; readonly element: HTMLElement }
  | { readonly status: 'failed'; readonly reason: string };

/** Property: `lab`. Method: `closeLeft()`. The views are children of this element's shadow root, in the order in which they were first shown. */
export class ViewPanel extends ShellElement {
  static override styles = [shared, styles];
  static override properties = { ...ShellElement.properties, views: { state: true } };

  declare private views: ReadonlyMap<ViewName, ViewState>;

  constructor() {
    super();
    this.views = new Map();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const shown = this.lab?.router.place.value.view;
    if (this.lab && shown !== undefined && !this.views.has(shown)) void this.load(this.lab, shown);
  }

  protected override draw(lab: Lab): unknown {
    const { view } = lab.router.place.value;
    const state = this.views.get(view);
    return html`
      ${state?.status === 'loading' ? html`<p class="waiting" role="status">Loading ${VIEW_FACTS[view].title}…</p>` : nothing}
      ${state?.status === 'failed' ? this.failed(lab, view, state.reason) : nothing}
      ${[...this.views].map(([name, one]) => (one.status === 'here' ? this.placed(one.element, name !== view) : nothing))}
    `;
  }

  /** Closes dialogs of views that are not shown: what they ask is of their view. */
  closeLeft(): void {
    const shown = this.lab?.router.place.peek().view;
    for (const [name, one] of this.views)
      if (name !== shown && one.status === 'here') closeDialogs(one.element.shadowRoot ?? one.element);
  }

  /** The same element each time, so that Lit leaves it where it is. */
  private placed(element: HTMLElement, hidden: boolean): HTMLElement {
    element.hidden = hidden;
    return element;
  }

  private failed(lab: Lab, view: ViewName, reason: string): unknown {
    const { title } = VIEW_FACTS[view];
    return html`
      <section class="failed" role="alert">
        <h2>${title} could not be loaded</h2>
        <p>${reason}</p>
        <p>
          The lab's server may have stopped, or serves a newer version by now. What is saved stays saved; a training that is under way goes on.
        </p>
        <div class="buttons">
          <button type="button" class="primary" @click=${() => this.load(lab, view)}>Try again</button>
          <button type="button" @click=${() => location.reload()}>Load the page anew</button>
        </div>
      </section>
    `;
  }

  private async load(lab: Lab, view: ViewName): Promise<void> {
    this.put(view, { status: 'loading' });
    try {
      const { createView } = await VIEW_FACTS[view].load();
      this.put(view, { status: 'here', element: createView(lab) });
    } catch (error) {
      this.put(view, { status: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private put(view: ViewName, state: ViewState): void {
    this.views = new Map([...this.views, [view, state]]);
  }
}
