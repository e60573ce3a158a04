import { css } from 'lit';

export const styles = css`
  .drop {
    display: grid;
    gap: 0.5rem;
    padding: 0.9rem 1rem;
    border: 1px dashed var(--rule-strong);
    border-radius: var(--radius);
  }

  .drop.over {
    background: var(--sunk);
    border-color: var(--focus);
  }

  .drop label {
    font-weight: 600;
  }

  .note + .note {
    margin-top: 0.5rem;
  }

  ul {
    margin: 0.35rem 0 0;
    padding-left: 1.1rem;
  }
`;
