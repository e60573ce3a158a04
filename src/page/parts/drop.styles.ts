/** A place to drop files on; `over` while some are held above it. */

import { css } from 'lit';

export const dropStyles = css`
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
`;
