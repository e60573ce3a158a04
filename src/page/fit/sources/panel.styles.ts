import { css } from 'lit';

export const styles = css`
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  legend {
    padding: 0 0 0.25rem;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75rem;
  }

  .mine {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.75rem;
  }

  .source .title {
    overflow-wrap: anywhere;
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.75rem;
    cursor: pointer;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
  }

  .field {
    display: grid;
    gap: 0.2rem;
  }

  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    font-size: var(--text-small);
  }

  .fields label:not(.tick) {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem;
  }

  .fields input[type='number'] {
    width: 5rem;
  }

  summary {
    cursor: pointer;
    font-size: var(--text-small);
    padding: 0.25rem 0;
  }

  .reasons {
    padding: 0.35rem 0;
  }

  .first {
    display: block;
    overflow-wrap: anywhere;
  }
`;
