import { css } from 'lit';

export const styles = css`
  :host {
    max-width: 88rem;
    min-height: 100dvh;
    margin: 0 auto;
    padding: 0 clamp(0.875rem, 3vw, 2rem) 2rem;
  }

  .skip {
    position: absolute;
    top: 0.5rem;
    left: 0.5rem;
    z-index: 10;
  }

  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }

  main {
    display: block;
    min-height: 70dvh;
    padding-bottom: 1rem;
  }

  main:focus {
    outline: none;
  }

  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 1rem;
    padding: 1.5rem 0 0;
  }

  h1 {
    margin: 0;
    font: 600 1.875rem / 1.15 var(--serif);
    letter-spacing: -0.015em;
  }

  /* It takes the focus so that a screen reader reads it; it is not to be pressed. */
  h1:focus {
    outline: none;
  }

  .title p {
    max-width: 46rem;
    color: var(--ink-soft);
  }

  lab-view {
    margin-top: 1.25rem;
  }

  footer {
    margin-top: 2.5rem;
    padding-top: 1rem;
    border-top: 1px solid var(--rule);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

`;
