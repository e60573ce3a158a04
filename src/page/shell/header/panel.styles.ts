import { css } from 'lit';

export const styles = css`
  header {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0.25rem clamp(0.75rem, 2.5vw, 2rem);
    padding: 0.7rem 0 0.6rem;
    border-bottom: 1px solid var(--rule);
  }

  .name {
    color: var(--ink);
    font: 600 1.375rem / 1.2 var(--serif);
    letter-spacing: -0.015em;
    text-decoration: none;
    white-space: nowrap;
  }

  .name sup {
    font-size: 0.58em;
    line-height: 0;
    vertical-align: 0.6em;
    margin-left: 0.05em;
  }

  nav {
    display: flex;
    gap: 0.15rem;
    min-width: 0;
  }

  nav a {
    position: relative;
    padding: 0.45rem 0.7rem;
    color: var(--ink-soft);
    font-weight: 500;
    line-height: 1.3;
    text-decoration: none;
    border-radius: var(--radius);
  }

  nav a:hover {
    color: var(--ink);
    background: var(--sunk);
  }

  nav a[aria-current] {
    color: var(--accent);
    font-weight: 600;
  }

  /* On the header's line, as the tab that lies on top. */
  nav a[aria-current]::after {
    content: '';
    position: absolute;
    inset: auto 0.7rem calc(-0.6rem - 1px);
    height: 2px;
    background: var(--accent);
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.1rem 1.1rem;
    min-width: 0;
  }

  .under-way {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
    color: var(--accent);
    font-size: var(--text-small);
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    text-underline-offset: 0.2em;
  }

  .pulse {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: currentcolor;
    animation: pulse 2s ease-in-out infinite;
  }

  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .pulse {
      animation: none;
    }
  }

  .switches {
    display: flex;
    gap: 0.1rem;
    margin-right: -0.5rem;
  }

  .switches button {
    display: grid;
    place-items: center;
    width: 2.25rem;
    min-height: 2.25rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--ink-soft);
    font-size: 1.05rem;
    font-weight: 600;
  }

  .switches button:hover {
    color: var(--ink);
    background: var(--sunk);
  }

  @media (max-width: 62rem) {
    header {
      grid-template-columns: auto minmax(0, 1fr) auto;
    }

    nav {
      order: 1;
      grid-column: 1 / -1;
      margin-left: -0.7rem;
    }
  }

  @media (max-width: 34rem) {
    header {
      grid-template-columns: minmax(0, 1fr) auto;
      padding-top: 0.4rem;
    }

    .state {
      order: 2;
      grid-column: 1 / -1;
      justify-content: space-between;
      padding-top: 0.4rem;
    }

    nav {
      justify-content: space-between;
      margin: 0 -0.4rem;
    }

    nav a {
      padding: 0.45rem 0.4rem;
    }

    nav a[aria-current]::after {
      inset: auto 0.4rem 0;
    }
  }
`;
