import { css } from 'lit';

export const styles = css`
  summary {
    cursor: pointer;
  }

  summary h2 {
    display: inline;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding-top: 0.75rem;
  }

  .field {
    display: grid;
    gap: 0.2rem;
    font-size: var(--text-small);
  }

  textarea {
    width: 100%;
    min-height: 4.5rem;
    padding: 0.5rem;
    resize: vertical;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    font: 400 var(--text-body) / 1.5 var(--mono);
  }

  textarea[aria-invalid='true'] {
    border-color: var(--bad);
  }

  .caret {
    margin: 0;
    overflow-x: auto;
    font: 400 var(--text-small) / 1.3 var(--mono);
    color: var(--bad);
  }

  .formula {
    padding: 0.5rem 0;
  }

  td input {
    min-width: 5.5rem;
    height: 2rem;
  }

  td select {
    min-width: 7rem;
    height: 2rem;
  }

  code {
    font-family: var(--mono);
  }
`;
