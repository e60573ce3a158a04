/** Train, pause, step, stop; how far the fleet is; and what an earlier visit left unfinished. */

import { html, nothing } from 'lit';
import type { SavedFleet, SavedRun } from '../../../worker/api/fleet.ts';
import type { ModelFacts } from '../../../worker/api/models.ts';
import { duration, whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import type { Progress } from '../fleetState.ts';
import { beginsWords, modelsGone } from '../startWords.ts';
import { type Train, TrainElement } from '../trainElement.ts';
import { buttons } from './buttons.ts';
import { styles } from './panel.styles.ts';
import { type Preparing, phaseCount, phaseWords } from './phaseWords.ts';

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** What is asked first: to train in the place of curves, to throw an interrupted fleet away, or to train what a link says that was sent. */
type Question = 'train' | 'discard' | 'link';

export class ControlPanel extends TrainElement {
  static override styles = [shared, styles];
  static override properties = { ...TrainElement.properties, asked: { state: true } };

  declare private asked: Question;

  constructor() {
    super();
    this.asked = 'train';
  }

  protected override draw(train: Train): unknown {
    const { fleet } = train.state;
    const interrupted = fleet.interrupted.value;
    return html`
      <section aria-labelledby="training">
        <div class="head">
          <h2 id="training">Training</h2>
          <p class="phase phase-${fleet.phase.value}">
            <span role="status">${interrupted ? 'Interrupted' : phaseWords(fleet.phase.value, preparing(train))}</span>
            <span class="number">${interrupted ? nothing : (phaseCount(preparing(train)) ?? nothing)}</span>
          </p>
        </div>
        ${interrupted ? this.offer(train, interrupted) : buttons(train, () => this.ask('train'))}
        ${this.beginning(train)}
        ${fleet.progress.value ? this.progress(fleet.progress.value, fleet.isUnderWay.value) : nothing}
        ${fleet.choice.value && fleet.isUnderWay.value ? html`<p class="fleet">${fleet.choice.value}</p>` : nothing}
        ${
          fleet.rows.value.length > 0
            ? html`<button type="button" class="quiet far" @click=${this.showCurves}>Go to the curves</button>`
            : nothing
        }
        ${this.question(train)}
      </section>
    `;
  }

  /** What the next training starts from stands far from the button, in the form. */
  private beginning({ state: { fleet, form } }: Train): unknown {
    const words = fleet.busy.value ? null : beginsWords(form.start.value);
    return words === null ? nothing : html`<p class="soft">${words}</p>`;
  }

  private readonly showCurves = (): void => {
    this.dispatchEvent(new CustomEvent('show-curves', { bubbles: true, composed: true }));
  };

  private offer({ state: { fleet, app }, actions }: Train, saved: SavedFleet): unknown {
    const rows = fleet.rows.value;
    const total = Math.max(0, ...rows.map(({ steps }) => steps));
    const at = Math.max(0, ...rows.map(({ step }) => step));
    const ready = app.adapter.value?.ok === true;
    const damaged = saved.runs.filter(({ damage }) => damage !== null);
    if (damaged.length > 0) return this.offerDamaged(actions, damaged);
    return html`
      <p>
        A fleet of ${saved.runs.length}, begun ${clock.format(saved.begunAt)}, was interrupted. It was last saved at step
        ${whole(at)}${total ? ` of ${whole(total)}` : ''}; what came after is trained again, to the same result.
      </p>
      <div class="buttons">
        <button type="button" class="primary" ?disabled=${!ready} @click=${() => actions.continueSaved()}>
          Go on from step ${whole(at)}
        </button>
        <button type="button" @click=${() => this.ask('discard')}>Discard it</button>
      </div>
    `;
  }

  private offerDamaged(actions: Train['actions'], damaged: readonly SavedRun[]): unknown {
    return html`
      <p>What an earlier visit saved cannot be read any more, and cannot go on; discard it to train anew.</p>
      ${damaged.map(({ run, damage }) => html`<p class="problem">${run}: ${damage}</p>`)}
      <div class="buttons">
        <button type="button" class="primary" @click=${() => actions.discardSaved()}>Discard it</button>
      </div>
    `;
  }

  /** Asks once before something is lost. */
  private question({ state, actions }: Train): unknown {
    const { fleet } = state;
    const answer = (isYes: boolean) => () => {
      state.wantsStart.value = false;
      this.renderRoot.querySelector('dialog')?.close();
      if (isYes) void (this.asked === 'discard' ? actions.discardSaved() : actions.train());
    };
    const isInterrupted = fleet.interrupted.value !== null;
    const couldGoOn = isInterrupted || fleet.phase.value === 'stopped';
    const { title, yes, no } = questionWords(this.asked, isInterrupted);
    return html`
      <dialog
        aria-labelledby="question"
        @close=${() => {
          state.wantsStart.value = false;
        }}
      >
        <p id="question">${title}</p>
        <p class="soft">
          ${
            this.asked === 'link'
              ? 'The link asks for it, and this device will be at work for a while. You can look at the settings first.'
              : html`Runs that have come to their end stay among the runs in Fit, with their curves.
                ${couldGoOn ? 'The others can then go on no more.' : nothing}`
          }
        </p>
        ${this.asked === 'link' ? nothing : goneNote(state.models.all.value)}
        <div class="buttons">
          <button type="button" class="primary" @click=${answer(true)}>${yes}</button>
          <button type="button" class="keep" @click=${answer(false)}>${no}</button>
        </div>
      </dialog>
    `;
  }

  protected override updated(): void {
    const { state } = this.train ?? {};
    if (!state?.wantsStart.value) return;
    const { rows, interrupted } = state.fleet;
    this.ask(rows.peek().length > 0 || interrupted.peek() !== null ? 'train' : 'link');
  }

  /** The answer that loses nothing has the focus. */
  private ask(question: Question): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || dialog.open) return;
    this.asked = question;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.keep')?.focus();
  }

  private progress(progress: Progress, isUnderWay: boolean): unknown {
    const { steps, totalSteps } = progress;
    const share = totalSteps > 0 ? Math.min(1, steps / totalSteps) : 0;
    const fact = (label: string, text: string) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
    return html`
      <div class="bar">
        <label class="unseen" for="bar">Steps taken</label>
        <progress id="bar" max="1" .value=${share}></progress>
        <span class="number">${Math.floor(100 * share)} %</span>
      </div>
      <dl class="number">
        ${fact('Step', `${whole(steps)} of ${whole(totalSteps)}`)}
        ${fact('Elapsed', duration(progress.elapsedSeconds))}
        ${isUnderWay ? fact('Remaining', duration(progress.remainingSeconds)) : nothing}
      </dl>
    `;
  }
}

function preparing({ state: { fleet } }: Train): Preparing {
  return {
    tunedClasses: fleet.tunedClasses.value,
    compiling: fleet.compiling.value,
    tokenizing: fleet.tokenizing.value,
  };
}

function goneNote(all: readonly ModelFacts[] | null): unknown {
  const words = modelsGone(all);
  if (words === null) return nothing;
  return html`<p class="soft gone">${words} <a href="#/play">Keep or take them away in Play</a> first if they are worth it.</p>`;
}

type QuestionWords = { readonly title: string; readonly yes: string; readonly no: string };

function questionWords(asked: Question, isInterrupted: boolean): QuestionWords {
  switch (asked) {
    case 'discard':
      return { title: 'Discard the interrupted fleet?', yes: 'Discard the fleet', no: 'Keep it' };
    case 'link':
      return { title: 'Train these recipes now?', yes: 'Train', no: 'Not now' };
    case 'train':
      return {
        title: isInterrupted
          ? 'Discard the interrupted fleet and train these settings?'
          : 'Discard these curves and train again?',
        yes: 'Discard and train',
        no: 'Keep them',
      };
  }
}
