/** Train, pause, step, stop; how far the fleet is, how fast it goes, and what an earlier visit left unfinished. */

import { html, nothing } from 'lit';
import type { SavedFleet, SavedRun } from '../../worker/api.ts';
import { duration, whole, withPrefix } from '../format.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { runTitle } from '../runs/best.ts';
import { shared } from '../shared.styles.ts';
import type { Progress } from '../state.ts';
import { buttons, isUnderWay } from './buttons.ts';
import { styles } from './panel.styles.ts';
import { type Preparing, phaseWords } from './phaseWords.ts';

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function preparing({ tunedClasses, tokenizing }: Lab['state']): Preparing {
  return { tunedClasses: tunedClasses.value, tokenizing: tokenizing.value };
}

export class ControlPanel extends LabElement {
  static override styles = [shared, styles];

  protected override draw(lab: Lab): unknown {
    const { state } = lab;
    const interrupted = state.interrupted.value;
    return html`
      <section aria-labelledby="training">
        <div class="head">
          <h2 id="training">Training</h2>
          <p class="phase phase-${state.phase.value}" role="status">
            ${interrupted ? 'Interrupted' : phaseWords(state.phase.value, preparing(state))}
          </p>
        </div>
        ${
          interrupted
            ? this.offer(lab, interrupted)
            : buttons(lab, () => this.renderRoot.querySelector('dialog')?.showModal())
        }
        ${state.progress.value ? this.progress(state.progress.value, isUnderWay(state.phase.value)) : nothing}
        ${state.fleetChoice.value && isUnderWay(state.phase.value) ? html`<p class="fleet">${state.fleetChoice.value}</p>` : nothing}
        ${this.question(lab)}
      </section>
    `;
  }

  private offer({ state, actions }: Lab, saved: SavedFleet): unknown {
    const steps = state.runs.value.map(({ step }) => step);
    const total = Math.max(0, ...state.runs.value.map((row) => row.steps));
    const at = steps.length > 0 ? Math.max(...steps) : 0;
    const ready = state.adapter.value?.ok === true;
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
        <button type="button" @click=${() => actions.discardSaved()}>Discard it</button>
      </div>
    `;
  }

  private offerDamaged(actions: Lab['actions'], damaged: readonly SavedRun[]): unknown {
    return html`
      <p>What an earlier visit saved cannot be read any more, and cannot go on; discard it to train anew.</p>
      ${damaged.map(({ run, damage }) => html`<p class="problem">${runTitle(run)}: ${damage}</p>`)}
      <div class="buttons">
        <button type="button" class="primary" @click=${() => actions.discardSaved()}>Discard it</button>
      </div>
    `;
  }

  /** Asks once before curves are lost. */
  private question({ actions }: Lab): unknown {
    const answer = (isYes: boolean) => () => {
      this.renderRoot.querySelector('dialog')?.close();
      if (isYes) void actions.train();
    };
    return html`
      <dialog aria-labelledby="question">
        <p id="question">Discard these curves and train again?</p>
        <div class="buttons">
          <button type="button" class="primary" @click=${answer(true)}>Discard and train</button>
          <button type="button" autofocus @click=${answer(false)}>Keep them</button>
        </div>
      </dialog>
    `;
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
        ${fact('Tokens', withPrefix(progress.tokensPerSecond, '/s'))}
        ${fact('Arithmetic', withPrefix(progress.flopsPerSecond, 'FLOP/s'))}
      </dl>
    `;
  }
}
