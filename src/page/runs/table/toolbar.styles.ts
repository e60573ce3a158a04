import { css } from 'lit';

export const toolbarStyles = css`
  .toolbar {
    display: grid;
    gap: 0.35rem;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.9rem;
  }

  .lower {
    min-height: 2rem;
    gap: 0 0.5rem;
  }

  #words {
    flex: 1 1 13rem;
    width: auto;
    max-width: 22rem;
  }

  .toggle,
  .values label {
    display: inline-flex;
    align-items: baseline;
    gap: 0.4rem;
    cursor: pointer;
  }

  .toggle input,
  .values input {
    align-self: center;
    flex: none;
  }

  .order {
    display: flex;
    flex: 1 1 100%;
    gap: 0.4rem;
  }

  .order button {
    min-height: 2.25rem;
    padding: 0 0.7rem;
  }

  .files {
    margin-left: auto;
  }

  .menu {
    position: relative;
  }

  .menu > summary {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    height: 2.25rem;
    padding: 0 0.75rem;
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    background: var(--sheet);
    font-weight: 500;
    cursor: pointer;
    list-style: none;
  }

  .menu > summary::-webkit-details-marker {
    display: none;
  }

  .menu > summary::after {
    content: '';
    width: 0.4em;
    height: 0.4em;
    margin-top: -0.2em;
    border-right: 1.5px solid;
    border-bottom: 1.5px solid;
    transform: rotate(45deg);
  }

  .menu > summary:hover,
  .menu[open] > summary {
    background: var(--sunk);
  }

  .menu > .sheet {
    position: absolute;
    top: calc(100% + 0.3rem);
    left: 0;
    z-index: 5;
    width: max-content;
    max-width: min(44rem, calc(100vw - 2.5rem));
    max-height: min(30rem, 70vh);
    padding: 0.9rem 1rem;
    overflow: auto;
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    box-shadow: 0 8px 28px rgb(0 0 0 / 18%);
  }

  .facets {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
    gap: 1rem 1.5rem;
    min-width: min(36rem, calc(100vw - 2.5rem));
  }

  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0 0 0.25rem;
    font-weight: 600;
  }

  .values {
    display: grid;
    align-content: start;
    gap: 0.15rem;
    max-height: 13rem;
    overflow: auto;
  }

  .values.columns {
    max-height: none;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .chips button:not(.quiet) {
    min-height: 1.75rem;
    padding: 0 0.6rem;
    border-color: var(--rule);
    border-radius: 1rem;
    background: var(--sunk);
    font-size: var(--text-small);
    font-weight: 500;
  }

  .common {
    max-width: 60rem;
  }

  .undo {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    width: fit-content;
    padding: 0.1rem 0.5rem 0.1rem 0.9rem;
    background: var(--sunk);
    border-radius: var(--radius);
  }

  .narrow #words {
    flex-basis: 100%;
    max-width: none;
  }

  /* As wide as the bar: a menu at the end of a line would hang over the page's edge. */
  .narrow .bar {
    position: relative;
  }

  .narrow .menu {
    position: static;
  }

  .narrow .menu > .sheet {
    right: 0;
    width: auto;
    max-width: none;
  }

  .narrow .facets {
    min-width: 0;
  }
`;
