/** How fields look that `numberField` draws, and those that are written by hand with the same classes. */

import { css } from 'lit';

export const fieldStyles = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
    align-content: start;
    min-width: 0;
  }

  .field label,
  .label {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
    font-size: var(--text-small);
    line-height: 1.4;
  }

  /* A box or a circle with its words beside it. */
  .tick {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.75rem;
    font-size: var(--text-small);
    line-height: 1.4;
    cursor: pointer;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0;
  }
`;
