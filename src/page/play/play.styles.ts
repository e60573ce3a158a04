/** What the panels of the view Play share. */

import { css } from 'lit';
import { sectionStyles } from '../parts/section.styles.ts';

export const playStyles = css`
  ${sectionStyles}

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 1rem;
  }

  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    align-content: start;
    min-width: 0;
    padding: 0.85rem 1rem;
    background: var(--sunk);
    border-radius: var(--radius);
  }

  button.small {
    min-height: 2rem;
    padding: 0 0.6rem;
    font-size: var(--text-small);
  }

  .note {
    padding: 0.6rem 0.8rem;
    border-left: 3px solid var(--warn);
    background: var(--warn-wash);
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .note.closing {
    display: flex;
    justify-content: space-between;
    align-items: start;
    gap: 0.75rem;
  }

  .note.closing button {
    flex: none;
  }

  .note.bad {
    border-color: var(--bad);
    background: var(--bad-wash);
  }

  label.text {
    font-size: var(--text-small);
  }
`;
