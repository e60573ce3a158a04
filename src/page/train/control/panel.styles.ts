import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    gap: 0.75rem;
  }

  .phase {
    font-size: var(--text-small);
    color: var(--ink-soft);
  }

  .phase-training,
  .phase-done {
    color: var(--good);
  }

  .phase-pausing,
  .phase-paused,
  .phase-stopped {
    color: var(--warn);
  }

  /* Where the curves stand far below. */
  .far {
    justify-self: start;
    margin-left: -0.4rem;
  }

  @media (min-width: 70rem) {
    .far {
      display: none;
    }
  }

  .fleet {
    font-size: var(--text-small);
    color: var(--ink-soft);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }

  .buttons .primary {
    min-width: 6.5rem;
  }

  .buttons button[aria-disabled='true'],
  .buttons button[aria-disabled='true']:hover {
    cursor: default;
    color: var(--ink-soft);
    background: transparent;
    border-color: var(--rule);
  }

  .buttons p {
    margin-left: 0.4rem;
  }

  dialog {
    max-width: 26rem;
    padding: 1.1rem 1.25rem 1.25rem;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  dialog .gone {
    margin-top: 0.5rem;
  }

  dialog .buttons {
    margin-top: 1rem;
  }

  .bar {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    font-size: var(--text-small);
  }

  progress {
    flex: 1;
    min-width: 0;
    height: 0.5rem;
    appearance: none;
    border: 0;
    border-radius: 0.25rem;
    background: var(--rule);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: var(--rule);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.75rem;
    margin: 0;
  }

  dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  dd {
    margin: 0;
    font-weight: 600;
  }
`;
