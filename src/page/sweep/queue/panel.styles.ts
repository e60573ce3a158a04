import { css } from 'lit';

export const styles = css`
  ol {
    display: grid;
    gap: 0.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    padding: 0.6rem 0.75rem;
    border: 1px solid var(--rule);
    border-radius: var(--radius);
    cursor: grab;
  }

  li.chosen {
    border-color: var(--accent);
    box-shadow: inset 3px 0 0 var(--accent);
  }

  li.dragged {
    opacity: 0.5;
  }

  li.over {
    outline: 2px dashed var(--focus);
    outline-offset: 2px;
  }

  .line {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.75rem;
  }

  button.name {
    min-height: 1.75rem;
    min-width: 0;
    padding: 0;
    overflow-wrap: anywhere;
    text-align: left;
    font-weight: 600;
    line-height: 1.3;
    background: none;
    border: 0;
  }

  button.name:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  button.icon {
    min-width: 2rem;
    padding: 0 0.4rem;
  }
`;
