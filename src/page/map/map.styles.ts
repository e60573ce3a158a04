/** What the panels of the view Map share. */

import { css } from 'lit';

export const mapStyles = css`
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.85rem;
    align-content: start;
  }

  .note {
    padding: 0.65rem 0.85rem;
    border-left: 3px solid var(--warn);
    background: var(--warn-wash);
    color: var(--ink);
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .note.bad {
    border-color: var(--bad);
    background: var(--bad-wash);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
  }

  button.small {
    min-height: 2rem;
    padding: 0 0.6rem;
    font-size: var(--text-small);
  }

  .busy {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 1.5rem;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  progress {
    width: 7rem;
    height: 0.5rem;
    accent-color: var(--accent);
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  math {
    font-size: 1.08em;
  }
`;
