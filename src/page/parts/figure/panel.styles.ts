import { css } from 'lit';

export const styles = css`
  figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    margin: 0;
    min-width: 0;
  }

  figcaption {
    max-width: var(--measure);
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.45;
    text-wrap: pretty;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem;
    margin-left: -0.4rem;
  }

  .tools button {
    min-height: 1.75rem;
    padding: 0 0.4rem;
    border: 0;
    background: none;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 500;
  }

  .tools button:hover {
    color: var(--accent);
    background: var(--sunk);
  }

  .tools button[aria-expanded='true'] {
    color: var(--accent);
  }

  .tools [role='status'] {
    padding-left: 0.4rem;
  }

  .failed {
    color: var(--bad);
  }
`;
