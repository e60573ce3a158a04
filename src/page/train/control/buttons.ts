/** Which buttons a fleet has, by where it stands. What cannot be pressed keeps its place only while a fleet is at work. */

import { html, nothing } from 'lit';
import { whole } from '../../parts/format.ts';
import { nameOf } from '../form/fields.ts';
import type { Train } from '../trainElement.ts';
import { type Obstacle, obstacle } from './obstacle.ts';

type Main = {
  readonly words: string;
  readonly act: () => unknown;
  readonly disabled: boolean;
  /** Cannot be pressed for a moment, and keeps the focus for when it can. */
  readonly waits?: boolean;
};

/** Steps behind a stopped fleet. */
export function stoppedAt({ state: { fleet } }: Train): number {
  const stopped = fleet.rows.value.filter(({ status }) => status === 'stopped');
  return Math.max(0, ...stopped.map(({ step }) => step));
}

/** `trainAnew` is asked for where curves would be lost. */
export function buttons(train: Train, trainAnew: () => void): unknown {
  const { state, actions } = train;
  const { fleet } = state;
  const phase = fleet.phase.value;
  const hindrance = fleet.busy.value ? undefined : obstacle(state);
  const again = { words: 'Train again', act: trainAnew, disabled: hindrance !== undefined };
  return html`
    <div class="buttons">
      ${mainButton(mainOf(train, again), hindrance !== undefined && phase !== 'stopped')}
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
        fleet.busy.value
          ? html`
              <button type="button" ?disabled=${phase !== 'paused'} @click=${() => actions.step(1)}>Step</button>
              <button
                type="button"
                ?disabled=${phase !== 'preparing' && !fleet.isUnderWay.value}
                @click=${() => actions.stop()}
              >
                Stop
              </button>
            `
          : nothing
      }
      ${hindrance ? words(train, hindrance) : nothing}
    </div>
  `;
}

function mainOf(train: Train, again: Main): Main {
  const { state, actions } = train;
  switch (state.fleet.phase.value) {
    case 'idle':
      return { words: 'Train', act: () => actions.train(), disabled: again.disabled };
    case 'preparing':
    case 'ending':
      return { words: 'Pause', act: () => {}, disabled: false, waits: true };
    case 'training':
      return { words: 'Pause', act: () => actions.pause(), disabled: false };
    case 'pausing':
    case 'paused':
      return { words: 'Resume', act: () => actions.resume(), disabled: false };
    case 'stopped':
      return {
        words: `Go on from step ${whole(stoppedAt(train))}`,
        act: () => actions.continueSaved(),
        disabled: state.app.adapter.value?.ok !== true,
      };
    case 'done':
      return again;
  }
}

function mainButton({ words, act, disabled, waits = false }: Main, isHindered: boolean): unknown {
  return html`
    <button
      type="button"
      class="primary"
      ?disabled=${disabled}
      aria-disabled=${waits ? 'true' : nothing}
      aria-describedby=${isHindered ? 'obstacle' : nothing}
      @click=${act}
    >
      ${words}
    </button>
  `;
}

function words({ state: { form } }: Train, hindrance: Obstacle): unknown {
  if ('words' in hindrance) return html`<p class="soft" id="obstacle">${hindrance.words}</p>`;
  const { at } = hindrance;
  const show = (event: Event) =>
    event.currentTarget?.dispatchEvent(
      new CustomEvent('mend', { detail: at, bubbles: true, composed: true }),
    );
  return html`
    <p class="soft" id="obstacle">
      To be mended first:
      <button type="button" class="quiet" @click=${show}>${nameOf(at, form.values.value.recipes)}</button>
    </p>
  `;
}
