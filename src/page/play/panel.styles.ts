import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  :host([hidden]) {
    display: none;
  }

  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
    gap: 0.25rem 1rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .tick {
    display: flex;
    gap: 0.5rem;
    align-items: start;
    font-size: var(--text-small);
    line-height: 1.35;
  }

  .tick input {
    flex: none;
    width: 1.05rem;
    height: 1.05rem;
    margin: 0;
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: 1rem;
  }

  article {
    display: grid;
    gap: 0.4rem;
    align-content: start;
    min-width: 0;
    padding: 0.85rem 1rem;
    background: var(--sunk);
    border-radius: var(--radius);
  }

  blockquote {
    margin: 0;
    font: 400 var(--text-body) / 1.55 var(--serif);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  code {
    font-size: var(--text-small);
    overflow-wrap: anywhere;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  label.step {
    display: grid;
    gap: 0.2rem;
    max-width: 24rem;
    font-size: var(--text-small);
  }

  input[type='range'] {
    height: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--accent);
  }
`;
