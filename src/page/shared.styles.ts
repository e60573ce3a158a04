/** What every panel shares: the reset, headings, buttons, fields, and words for screen readers only. */

import { css } from 'lit';

export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    min-width: 0;
  }

  [hidden] {
    display: none !important;
  }

  h2 {
    margin: 0;
    font: 600 var(--text-large) / 1.3 var(--serif);
    letter-spacing: -0.005em;
  }

  h3 {
    margin: 0;
    font: 600 var(--text-body) / 1.35 var(--sans);
  }

  /* A panel's heading, and at the other end of its line what belongs to it. */
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 1rem;
  }

  p {
    margin: 0;
    text-wrap: pretty;
  }

  .soft {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .symbol {
    font: italic 400 1.05em var(--serif);
  }

  .symbol sub {
    font-size: 0.72em;
    line-height: 0;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  button {
    font: 500 var(--text-body) / 1 var(--sans);
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    min-height: 2.5rem;
    padding: 0 0.9rem;
    cursor: pointer;
  }

  button:hover:not(:disabled) {
    background: var(--sunk);
  }

  button.primary {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
    font-weight: 600;
  }

  button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }

  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--accent);
    min-height: 2rem;
    padding: 0 0.4rem;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  button:disabled {
    cursor: default;
    color: var(--ink-soft);
    background: transparent;
    border-color: var(--rule);
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  input,
  select {
    width: 100%;
    min-width: 0;
    height: 2.25rem;
    padding: 0 0.5rem;
    font: 400 var(--text-body) / 1 var(--sans);
    font-variant-numeric: tabular-nums;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
  }

  input::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  input[aria-invalid='true'] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }

  input:disabled,
  select:disabled {
    color: var(--ink-soft);
    background: var(--sunk);
    border-color: var(--rule);
  }

  .problem {
    color: var(--bad);
    font-size: var(--text-small);
    line-height: 1.35;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
