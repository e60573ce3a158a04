import { css } from 'lit';

export const styles = css`
  lab-dialog {
    --dialog-width: 54rem;
  }

  lab-dialog > *:not([slot]) {
    margin-block: 0 0.9rem;
  }

  .drop {
    display: grid;
    gap: 0.5rem;
    justify-items: center;
    padding: 1.5rem 1rem;
    border: 1.5px dashed var(--rule-strong);
    border-radius: var(--radius);
    text-align: center;
  }

  .drop input {
    height: auto;
    padding: 0.4rem;
    max-width: 24rem;
  }

  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  legend {
    padding: 0 0 0.4rem;
    font-weight: 600;
  }

  .roles {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr));
    gap: 0.6rem 1rem;
  }

  .role label:first-child,
  .row label:not(.tick) {
    display: grid;
    gap: 0.2rem;
    font-size: var(--text-small);
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.75rem;
    font-size: var(--text-small);
    cursor: pointer;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
  }

  .short {
    width: 6rem;
  }

  td {
    max-width: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
