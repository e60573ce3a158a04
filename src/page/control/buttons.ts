/** Which buttons a fleet has, by where it stands. What cannot be pressed keeps its place only while a fleet is at work. */

import { html, nothing } from 'lit';
import type { Phase } from '../../worker/api.ts';
import { nameOf } from '../form/names.ts';
import { whole } from '../format.ts';
import type { Lab } from '../labElement.ts';
import { type Obstacle, obstacle } from './obstacle.ts';

type Main = { readonly words: string; readonly act: () => void; readonly disabled: boolean };

/** Steps behind a stopped fleet. */
export function stoppedAt({ state }: Lab): number {
  const stopped = state.runs.value.filter(({ status }) => status === 'stopped');
  return Math.max(0, ...stopped.map(({ step }) => step));
}

/** `trainAnew` is asked for where curves would be lost. */
export function buttons(lab: Lab, trainAnew: () => void): unknown {
  const { state, actions } = lab;
  const phase = state.phase.value;
  const hindrance = state.busy.value ? undefined : obstacle(state);
  const again = { words: 'Train again', act: trainAnew, disabled: hindrance !== undefined };
  return html`
    <div class="buttons">
      ${mainButton(mainOf(lab, again), hindrance !== undefined && phase !== 'stopped')}
      ${
        phase === 'stopped'
          ? html`
              <button
                type="button"
                ?disabled=${again.disabled}
                aria-describedby=${hindrance ? 'obstacle' : nothing}
                @click=${again.act}
              >
                ${again.words}
              </button>
            `
          : nothing
      }
      ${
        state.busy.value
          ? html`
              <button type="button" ?disabled=${phase !== 'paused'} @click=${() => actions.step(1)}>Step</button>
              <button
                type="button"
                ?disabled=${!isUnderWay(phase) && !state.tokenizing.value}
                @click=${() => (state.tokenizing.value ? actions.cancel('tokenizer') : actions.stop())}
              >
                Stop
              </button>
            `
          : nothing
      }
      ${hindrance ? words(hindrance) : nothing}
    </div>
  `;
}

/** Whether the fleet trains or will do so at the press of a button. */
export function isUnderWay(phase: Phase): boolean {
  return phase === 'training' || phase === 'pausing' || phase === 'paused';
}

function mainOf(lab: Lab, again: Main): Main {
  const { state, actions } = lab;
  switch (state.phase.value) {
    case 'idle':
      return { words: 'Train', act: () => actions.train(), disabled: again.disabled };
    case 'preparing':
    case 'ending':
      return { words: 'Pause', act: () => {}, disabled: true };
    case 'training':
      return { words: 'Pause', act: () => actions.pause(), disabled: false };
    case 'pausing':
    case 'paused':
      return { words: 'Resume', act: () => actions.resume(), disabled: false };
    case 'stopped':
      return {
        words: `Go on from step ${whole(stoppedAt(lab))}`,
        act: () => actions.continueSaved(),
        disabled: state.adapter.value?.ok !== true,
      };
    case 'done':
      return again;
  }
}

function mainButton({ words, act, disabled }: Main, isHindered: boolean): unknown {
  return html`
    <button
      type="button"
      class="primary"
      ?disabled=${disabled}
      aria-describedby=${isHindered ? 'obstacle' : nothing}
      @click=${act}
    >
      ${words}
    </button>
  `;
}

function words(hindrance: Obstacle): unknown {
  if ('words' in hindrance) return html`<p class="soft" id="obstacle">${hindrance.words}</p>`;
  const { at } = hindrance;
  const show = (event: Event) =>
    event.currentTarget?.dispatchEvent(
      new CustomEvent('mend', { detail: at, bubbles: true, composed: true }),
    );
  return html`
    <p class="soft" id="obstacle">
      To be mended first: <button type="button" class="quiet" @click=${show}>${nameOf(at)}</button>
    </p>
  `;
}
