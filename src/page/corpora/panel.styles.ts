import { css } from 'lit';

export const styles = css`
  section {
    container-type: inline-size;
    display: grid;
    gap: 0.75rem;
  }

  .head {
    align-items: center;
  }

  .cards {
    display: grid;
    gap: 0.75rem;
  }

  @container (min-width: 30rem) {
    .cards {
      grid-template-columns: 1fr 1fr;
    }
  }

  .card {
    display: grid;
    gap: 0.5rem;
    align-content: start;
    min-width: 0;
    padding: 0.9rem 1rem 1rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-top: 3px solid var(--rule-strong);
    border-radius: var(--radius);
  }

  .target {
    border-top-color: var(--target);
  }

  .source {
    border-top-color: var(--source);
  }

  .over {
    background: var(--sunk);
    outline: 2px dashed var(--focus);
    outline-offset: -6px;
  }

  input[type='file'] {
    height: auto;
    padding: 0;
    border: 0;
    background: transparent;
    /* The chosen file's name stands below, with what was found in it. */
    color: transparent;
  }

  input[type='file']::file-selector-button {
    font: 500 var(--text-small) / 1 var(--sans);
    min-height: 2.25rem;
    padding: 0 0.8rem;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    cursor: pointer;
  }

  input[type='file']:disabled::file-selector-button {
    color: var(--ink-soft);
    border-color: var(--rule);
    cursor: default;
  }

  .head button {
    min-height: 2.1rem;
    font-size: var(--text-small);
  }

  .file {
    font-size: var(--text-small);
  }

  .file,
  .problem {
    overflow-wrap: anywhere;
  }

  dl {
    margin: 0.25rem 0 0;
    display: grid;
    gap: 0.1rem;
    font-size: var(--text-small);
  }

  dl div {
    display: flex;
    justify-content: space-between;
    gap: 0.75rem;
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    margin: 0;
    text-align: right;
  }

  code {
    font: var(--text-small) var(--mono);
  }
`;
