import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }

  dialog {
    width: min(var(--dialog-width, 42rem), calc(100vw - 1.5rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    overflow: hidden;
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: calc(var(--radius) * 1.5);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 25%);
  }

  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
  }

  dialog::backdrop {
    background: rgb(15 14 12 / 45%);
  }

  .head {
    flex-wrap: nowrap;
    align-items: center;
    gap: 1rem;
    padding: 0.9rem 0.6rem 0.6rem 1.25rem;
  }

  .close {
    min-height: 2.25rem;
    min-width: 2.25rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--ink-soft);
    font-size: 1.25rem;
  }

  .body {
    padding: 0.25rem 1.25rem 1.25rem;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .foot:not([hidden]) {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5rem;
    padding: 0.75rem 1.25rem;
    border-top: 1px solid var(--rule);
  }
`;
