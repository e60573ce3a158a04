/** Train, pause, step, stop; how far the fleet is, how fast it goes, and what an earlier visit left unfinished. */

import { html, nothing } from 'lit';
import type { Phase, SavedFleet, SavedRun } from '../../worker/api.ts';
import { duration, whole, withPrefix } from '../format.ts';
import { type Lab, LabElement } from '../labElement.ts';
import { runTitle } from '../runs/best.ts';
import { shared } from '../shared.styles.ts';
import type { Progress } from '../state.ts';
import { styles } from './panel.styles.ts';

const PHASE_WORDS: Record<Phase, string> = {
  idle: 'Not started',
  preparing: 'Preparing the fleet…',
  training: 'Training',
  paused: 'Paused',
  ending: 'Measuring and saving…',
  done: 'Finished',
};

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Why nothing can be trained as the page stands, or undefined when it can. */
export function obstacle({ state }: Lab): string | undefined {
  if (state.adapter.value === null) return 'Looking for the GPU…';
  if (!state.adapter.value.ok) return 'Training needs WebGPU; see above.';
  if (!state.facts('target') && !state.facts('source')) return 'Choose two texts, or use the built-in pair.';
  if (!state.facts('target')) return 'Choose a target text.';
  if (!state.facts('source')) return 'Choose a source text.';
  const { problems, configs } = state.reading.value;
  if (problems.size > 0 || state.refusal.value)
    return 'Something needs mending first; its reason stands below it.';
  return configs ? undefined : 'Tick at least one recipe.';
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
            ${interrupted ? 'Interrupted' : PHASE_WORDS[state.phase.value]}
          </p>
        </div>
        ${interrupted ? this.offer(lab, interrupted) : this.buttons(lab)}
        ${state.progress.value ? this.progress(state.progress.value) : nothing}
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
        A fleet of ${saved.runs.length}, begun ${clock.format(saved.begunAt)}, was interrupted at step
        ${whole(at)}${total ? ` of ${whole(total)}` : ''}. It can go on as if nothing had happened.
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

  private buttons(lab: Lab): unknown {
    const { state, actions } = lab;
    const phase = state.phase.value;
    const reason = state.busy.value ? undefined : obstacle(lab);
    const main =
      phase === 'training'
        ? { words: 'Pause', act: () => actions.pause(), disabled: false }
        : phase === 'paused'
          ? { words: 'Resume', act: () => actions.resume(), disabled: false }
          : {
              words: phase === 'done' ? 'Train again' : 'Train',
              act: () => actions.train(),
              disabled: state.busy.value || reason !== undefined,
            };
    return html`
      <div class="buttons">
        <button
          type="button"
          class="primary"
          ?disabled=${main.disabled}
          aria-describedby=${reason ? 'obstacle' : nothing}
          @click=${main.act}
        >
          ${main.words}
        </button>
        <button type="button" ?disabled=${phase !== 'paused'} @click=${() => actions.step(1)}>Step</button>
        <button
          type="button"
          ?disabled=${phase !== 'training' && phase !== 'paused'}
          @click=${() => actions.stop()}
        >
          Stop
        </button>
        ${reason ? html`<p class="soft" id="obstacle">${reason}</p>` : nothing}
      </div>
    `;
  }

  private progress(progress: Progress): unknown {
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
        ${fact('Remaining', duration(progress.remainingSeconds))}
        ${fact('Tokens', withPrefix(progress.tokensPerSecond, '/s'))}
        ${fact('Arithmetic', withPrefix(progress.flopsPerSecond, 'FLOP/s'))}
      </dl>
    `;
  }
}
