import { css } from 'lit';

export const styles = css`
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(max(8.5rem, 28%), 1fr));
    gap: 0.6rem 0.9rem;
  }

  .field label {
    align-items: center;
    min-height: 1.5rem;
  }

  .field .soft {
    line-height: 1.35;
  }

  .problem:empty {
    display: none;
  }

  .marks {
    display: inline-flex;
    align-items: baseline;
    gap: 0.4rem;
  }

  .modes {
    gap: 0;
  }

  .modes button {
    border-radius: 0;
  }

  .modes button:first-child {
    border-radius: var(--radius) 0 0 var(--radius);
  }

  .modes button:last-child {
    margin-left: -1px;
    border-radius: 0 var(--radius) var(--radius) 0;
  }

  .modes button[aria-pressed='true'] {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }

  .tools {
    align-items: end;
    justify-content: space-between;
  }

  .field .file {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
    font-size: var(--text-small);
  }

  #json {
    white-space: pre;
    overflow: auto;
  }
`;
