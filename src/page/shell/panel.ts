/** `<m3-lab>`: the page's frame. Header, the view that the address names, what is worth knowing, and the help. */

import { effect } from '@preact/signals-core';
import { html, type PropertyValues } from 'lit';
import type { Lab } from '../lab.ts';
import { shared } from '../parts/shared.styles.ts';
import { styles } from './panel.styles.ts';
import type { ViewName } from './router.ts';
import { ShellElement } from './shellElement.ts';
import { Speaker } from './speaker.ts';
import type { ViewPanel } from './view/panel.ts';
import { VIEW_FACTS } from './views.ts';

const NAME = 'M³ Lab';

/** What is loaded when it is asked for and then shows itself. */
type LabDialogElement = HTMLElement & { lab: Lab | undefined; show(): Promise<void> | void };

export class ShellPanel extends ShellElement {
  static override styles = [shared, styles];

  /** The view that was drawn last, and how far each had been scrolled when it was left. */
  private shown: ViewName | undefined;
  private readonly scrolled = new Map<ViewName, number>();
  private readonly speaker = new Speaker((words) => {
    const spoken = this.renderRoot.querySelector('#spoken');
    if (spoken) spoken.textContent = words;
  });
  private stopSpeaking: (() => void) | undefined;

  /** Hands the lab to the element that stands in the document. */
  begin(lab: Lab): void {
    // Words that stood here for browsers without scripts.
    this.replaceChildren();
    this.lab = lab;
    this.stopSpeaking = effect(() => this.speaker.say(lab.app.spoken.value));
    lab.keys.register('everywhere', { key: '?', words: 'This help', act: () => this.showHelp() });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopSpeaking?.();
    this.speaker.stop();
  }

  protected override draw(lab: Lab): unknown {
    const { title, lead } = VIEW_FACTS[lab.router.place.value.view];
    return html`
      <button type="button" class="skip" @click=${() => this.heading()?.focus()}>Skip to the content</button>
      <lab-header .lab=${lab} @help=${this.showHelp} @storage=${this.showStorage}></lab-header>
      <main>
        <div class="title">
          <h1 tabindex="-1">${title}</h1>
          <p>${lead}</p>
        </div>
        <lab-notices .lab=${lab}></lab-notices>
        <lab-view .lab=${lab}></lab-view>
      </main>
      <footer>
        <p>
          Texts, models and results stay on this machine; only a corpus that you ask for is fetched from elsewhere. Losses are measured on documents that no
          run trains on.
        </p>
      </footer>
      <p id="spoken" class="unseen" role="status" aria-live="polite"></p>
    `;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const view = this.lab?.router.place.value.view;
    if (view !== this.shown && this.shown !== undefined) this.scrolled.set(this.shown, window.scrollY);
  }

  protected override updated(): void {
    const view = this.lab?.router.place.peek().view;
    if (view === undefined || view === this.shown) return;
    const isFirst = this.shown === undefined;
    this.shown = view;
    document.title = `${VIEW_FACTS[view].title} · ${NAME}`;
    if (isFirst) return;
    // Before the heading: what a modal dialog stands over takes no focus.
    this.renderRoot.querySelector<ViewPanel>('lab-view')?.closeLeft();
    this.heading()?.focus({ preventScroll: true });
    const top = this.scrolled.get(view) ?? 0;
    // What is shown has its height only when it has been laid out.
    requestAnimationFrame(() => window.scrollTo({ top, behavior: 'instant' }));
  }

  private heading(): HTMLElement | null {
    return this.renderRoot.querySelector('h1');
  }

  private readonly showHelp = async (): Promise<void> => {
    await this.attempt('The help', async () => {
      await import('./help/panel.ts');
      await this.single('lab-help').show();
    });
  };

  private readonly showStorage = async (): Promise<void> => {
    await this.attempt('Storage', async () => {
      await import('../storage/panel.ts');
      await this.single('lab-storage').show();
    });
  };

  /** The one dialog of its kind, made when it is first asked for. */
  private single(name: 'lab-help' | 'lab-storage'): LabDialogElement {
    const there = this.renderRoot.querySelector<LabDialogElement>(name);
    if (there) return there;
    const made = document.createElement(name) as LabDialogElement;
    made.lab = this.lab;
    this.renderRoot.append(made);
    return made;
  }

  private async attempt(what: string, show: () => Promise<void>): Promise<void> {
    try {
      await show();
    } catch (error) {
      this.lab?.app.notify(`${what} could not be loaded: ${error instanceof Error ? error.message : error}`);
    }
  }
}
