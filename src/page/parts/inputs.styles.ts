/** What a person types, chooses, ticks and drags. */

import { css } from 'lit';

export const inputs = css`
  textarea {
    width: 100%;
    min-width: 0;
    padding: 0.5rem;
    resize: vertical;
    font: 400 var(--text-small) / 1.5 var(--mono);
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
  }

  /* The others keep their native looks. */
  input:where(:not([type='checkbox'], [type='radio'], [type='range'], [type='file'])),
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

  input[type='checkbox'],
  input[type='radio'],
  input[type='range'] {
    accent-color: var(--accent);
  }

  input[type='range'] {
    width: 100%;
    min-width: 0;
    height: 1.75rem;
    margin: 0;
  }

  input[type='file'] {
    max-width: 100%;
    font: 400 var(--text-small) / 1.5 var(--sans);
    color: var(--ink);
  }

  /* A button like the others. */
  input[type='file']::file-selector-button {
    min-height: 2rem;
    margin: 0 0.6rem 0 0;
    padding: 0 0.6rem;
    font: 500 var(--text-small) / 1 var(--sans);
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    cursor: pointer;
  }

  input[type='file']::file-selector-button:hover {
    background: var(--sunk);
  }

  input[type='file']:disabled::file-selector-button {
    cursor: default;
    color: var(--ink-soft);
    border-color: var(--rule);
  }

  input[aria-invalid='true'],
  textarea[aria-invalid='true'] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }

  input:disabled,
  select:disabled {
    color: var(--ink-soft);
    background: var(--sunk);
    border-color: var(--rule);
  }
`;
