/** `<sweep-queue>`: sweeps in the order in which they are trained. */

import { html, nothing } from 'lit';
import type { QueueFacts, SweepFacts } from '../../../worker/api/sweep.ts';
import '../../parts/dialog/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { failureNote } from '../failureNote.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { progressWords, queueWords, stateWords } from '../words.ts';
import { lossWords } from './leaving.ts';
import { styles } from './panel.styles.ts';

const MARKS: Readonly<Record<SweepFacts['state'], string>> = {
  waiting: '',
  working: 'busy',
  paused: 'warn',
  done: 'good',
  failed: 'bad',
};

/** The longest that the worker takes to move a sweep. */
const MOVE_MS = 2000;

/** Property: `sweeping`. */
export class SweepQueuePanel extends SweepElement {
  static override styles = [shared, sweepStyles, styles];
  static override properties = {
    ...SweepElement.properties,
    dragged: { state: true },
    over: { state: true },
    leaving: { state: true },
  };

  /** Id of the sweep that is dragged, and the place that it is held over. */
  declare private dragged: string | null;
  declare private over: number | null;
  /** Which sweep is asked about before it is taken out. */
  declare private leaving: SweepFacts | null;
  /** What was moved by a button, and where to: the focus follows it when it is there. */
  private moved: {
    readonly id: string;
    readonly to: number;
    readonly words: string;
    /** By the clock of the page: what has not come by then does not come. */
    readonly until: number;
  } | null = null;

  constructor() {
    super();
    this.dragged = null;
    this.over = null;
    this.leaving = null;
  }

  protected override draw(sweeping: Sweeping): unknown {
    const queue = sweeping.state.queue.value;
    return html`
      <section class="sheet" aria-labelledby="title">
        <div class="head">
          <h2 id="title" tabindex="-1">Queue</h2>
          ${queue ? this.whole(queue, sweeping) : nothing}
        </div>
        ${queue ? this.list(queue, sweeping) : html`<p class="soft" role="status">Looking for what an earlier visit left …</p>`}
        ${failureNote(sweeping.state.failures.value.queue)} ${this.question(sweeping)}
      </section>
    `;
  }

  private whole({ sweeps, state }: QueueFacts, { actions }: Sweeping): unknown {
    const isOpen = sweeps.some((sweep) => sweep.state === 'waiting' || sweep.state === 'working');
    const isHeld = sweeps.some((sweep) => sweep.state === 'paused');
    if (state === 'blocked' || (isHeld && !isOpen))
      return html`<button type="button" class="small primary" @click=${() => void actions.runQueue(true)}>Go on</button>`;
    if (!isOpen) return nothing;
    return html`<button type="button" class="small" @click=${() => void actions.runQueue(false)}>Pause all</button>`;
  }

  private list(queue: QueueFacts, sweeping: Sweeping): unknown {
    const { sweeps, failure } = queue;
    return html`
      <p class="soft" role="status">${queueWords(queue)}</p>
      ${queue.state === 'blocked' ? failureNote(failure) : nothing}
      ${
        sweeps.length === 0
          ? html`<p class="soft">
              Put a design into it, and its runs are trained one fleet after the other. It goes on after a reload and after a crash, and makes room when Train
              needs the GPU.
            </p>`
          : html`<ol @dragover=${(event: DragEvent) => this.dragOver(event)} @drop=${(event: DragEvent) => this.drop(event, sweeps, sweeping)}>
              ${sweeps.map((sweep, index) => this.item(sweep, index, queue, sweeping))}
            </ol>`
      }
    `;
  }

  private item(sweep: SweepFacts, index: number, queue: QueueFacts, sweeping: Sweeping): unknown {
    const { id, name, state } = sweep;
    const { state: page, actions } = sweeping;
    const isChosen = page.chosen.value === id;
    const last = queue.sweeps.length - 1;
    return html`
      <li
        data-sweep=${id}
        data-index=${index}
        class="${isChosen ? 'chosen' : ''} ${this.dragged === id ? 'dragged' : ''} ${this.over === index ? 'over' : ''}"
        draggable="true"
        @dragstart=${(event: DragEvent) => this.dragStart(event, id)}
        @dragend=${() => this.dragEnd()}
      >
        <div class="line">
          <button type="button" class="name" aria-pressed=${isChosen} @click=${() => actions.choose(id)}>${name}</button>
          <span class="mark ${MARKS[state]}">${stateWords(state, queue.state)}</span>
        </div>
        <progress max=${sweep.flops || 1} .value=${state === 'done' ? sweep.flops || 1 : sweep.flopsDone} aria-label="Progress of ${name}"></progress>
        <p class="soft number">${progressWords(sweep)}</p>
        ${sweep.failure ? failureNote(sweep.failure) : nothing}
        <div class="row tools">
          ${
            state === 'done'
              ? nothing
              : state === 'paused' || state === 'failed'
                ? html`<button type="button" class="small" aria-label="Go on with ${name}" @click=${() => void actions.pause(id, false)}>
                    ${state === 'failed' ? 'Try again' : 'Go on'}
                  </button>`
                : html`<button type="button" class="small" aria-label="Pause ${name}" @click=${() => void actions.pause(id, true)}>Pause</button>`
          }
          ${last > 0 ? this.movers(sweep, index, last, sweeping) : nothing}
          <button type="button" class="small" aria-label="Remove ${name}" @click=${() => this.ask(sweep, sweeping)}>Remove</button>
        </div>
      </li>
    `;
  }

  private movers({ id, name }: SweepFacts, index: number, last: number, { actions }: Sweeping): unknown {
    const mover = (words: string, sign: string, to: number, disabled: boolean) => html`
      <button
        type="button"
        class="small icon"
        aria-label="Move ${name} ${words}"
        title="Move ${words}"
        ?disabled=${disabled}
        data-move=${words}
        @click=${() => {
          this.moved = { id, to, words, until: performance.now() + MOVE_MS };
          void actions.move(id, to);
        }}
      >
        ${sign}
      </button>
    `;
    return [mover('up', '↑', index - 1, index === 0), mover('down', '↓', index + 1, index === last)];
  }

  /** A button pressed again must move the same sweep on, and not the one that has come to its place. */
  protected override updated(): void {
    const { moved } = this;
    if (!moved) return;
    if (performance.now() > moved.until) {
      this.moved = null;
      return;
    }
    const item = this.renderRoot.querySelector(
      `li[data-sweep="${CSS.escape(moved.id)}"][data-index="${moved.to}"]`,
    );
    if (!item) return;
    this.moved = null;
    const buttons = [...item.querySelectorAll<HTMLButtonElement>('button[data-move]')];
    const same = buttons.find((button) => button.dataset.move === moved.words && !button.disabled);
    (same ?? buttons.find((button) => !button.disabled))?.focus();
  }

  private question(sweeping: Sweeping): unknown {
    const sweep = this.leaving;
    return html`
      <lab-dialog heading="Remove ${sweep?.name ?? ''}?" @closed=${() => {
        this.leaving = null;
      }}>
        <p>${sweep ? lossWords(sweep) : nothing}</p>
        <button
          slot="actions"
          type="button"
          class="primary"
          @click=${() => {
            this.dialog()?.close();
            if (sweep) void this.takeOut(sweep.id, sweeping);
          }}
        >
          Remove
        </button>
        <button slot="actions" type="button" @click=${() => this.dialog()?.close()}>Keep it</button>
      </lab-dialog>
    `;
  }

  /** What nobody would miss goes without a question. */
  private ask(sweep: SweepFacts, sweeping: Sweeping): void {
    if (lossWords(sweep) === null) {
      void this.takeOut(sweep.id, sweeping);
      return;
    }
    this.leaving = sweep;
    void this.dialog()?.show();
  }

  /** The button that had the focus goes with the sweep. */
  private async takeOut(id: string, { actions }: Sweeping): Promise<void> {
    await actions.remove(id);
    this.renderRoot.querySelector<HTMLElement>('#title')?.focus({ preventScroll: true });
  }

  private dialog(): HTMLElementTagNameMap['lab-dialog'] | null {
    return this.renderRoot.querySelector('lab-dialog');
  }

  private dragStart(event: DragEvent, id: string): void {
    this.dragged = id;
    // Firefox drags nothing that carries nothing.
    event.dataTransfer?.setData('text/plain', id);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
  }

  private dragOver(event: DragEvent): void {
    if (this.dragged === null) return;
    event.preventDefault();
    this.over = indexUnder(event);
  }

  private drop(event: DragEvent, sweeps: readonly SweepFacts[], { actions }: Sweeping): void {
    const { dragged } = this;
    const to = indexUnder(event);
    this.dragEnd();
    if (dragged === null || to === null) return;
    event.preventDefault();
    if (sweeps[to]?.id !== dragged) void actions.move(dragged, to);
  }

  private dragEnd(): void {
    this.dragged = null;
    this.over = null;
  }
}

function indexUnder(event: DragEvent): number | null {
  const item = event.composedPath().find((target) => target instanceof HTMLLIElement);
  return item instanceof HTMLElement && item.dataset.index !== undefined ? Number(item.dataset.index) : null;
}
