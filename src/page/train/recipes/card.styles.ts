import { css } from 'lit';

export const cardStyles = css`
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    min-width: 0;
    padding: 0.7rem 0.9rem 0.8rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: var(--radius-sheet);
  }

  .card .head {
    display: flex;
    flex-wrap: nowrap;
    align-items: center;
    gap: 0.5rem;
  }

  .card .name {
    flex: 1 1 8rem;
    height: 2rem;
    padding: 0 0.35rem;
    margin-left: -0.1rem;
    border-color: transparent;
    background: transparent;
    font-weight: 600;
    text-overflow: ellipsis;
  }

  .card .name:hover:not(:disabled),
  .card .name:focus-visible {
    border-color: var(--rule-strong);
    background: var(--sheet);
  }

  .card .name:disabled {
    color: var(--ink);
  }

  .card .name[aria-invalid='true'] {
    border-color: var(--bad);
  }

  .card .head select {
    flex: 0 1 10.5rem;
    height: 2rem;
    font-size: var(--text-small);
  }

  .acts {
    display: flex;
    flex: none;
  }

  .icon {
    min-height: 2rem;
    width: 2rem;
    padding: 0;
    border-color: transparent;
    background: transparent;
    color: var(--ink-soft);
  }

  .icon:disabled {
    border-color: transparent;
    opacity: 0.5;
  }

  .problem:empty {
    display: none;
  }

  .words {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    margin-top: -0.2rem;
  }

  .differ {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }

  .differ select {
    width: auto;
    max-width: 9rem;
    height: 1.6rem;
    padding: 0 0.2rem;
    font-size: var(--text-small);
    color: var(--ink-soft);
    border-color: var(--rule);
  }

  .drawn {
    display: block;
    margin: 0 auto;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.4;
    stroke-linecap: round;
  }

  .picture {
    height: 2.75rem;
    background: var(--sunk);
    border-radius: 3px;
    overflow: hidden;
  }

  .strip {
    display: block;
    width: 100%;
    height: 100%;
  }

  .strip .target {
    fill: var(--target);
  }

  .strip .source {
    fill: var(--source);
  }

  .strip .edge {
    stroke: var(--sheet);
    stroke-width: 2;
    vector-effect: non-scaling-stroke;
  }

  .strip .epoch {
    stroke: var(--ink);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }

  .strip .rate {
    fill: none;
    stroke: var(--ink);
    stroke-width: 1.25;
    vector-effect: non-scaling-stroke;
  }

  /* The line is told from either colour below it. */
  .strip .rate.under {
    stroke: var(--sheet);
    stroke-width: 3.5;
    opacity: 0.6;
  }

  .card dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.1rem;
    margin: 0;
    font-size: var(--text-small);
  }

  .card dl div {
    display: flex;
    align-items: baseline;
    gap: 0.35rem;
  }

  .card dt {
    color: var(--ink-soft);
  }

  .card dd {
    margin: 0;
  }

  .own {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(7.4rem, 1fr));
    gap: 0.5rem 0.75rem;
    align-items: start;
  }

  .own input,
  .own select,
  .stages input {
    height: 2rem;
  }

  .given {
    display: flex;
    gap: 0.1rem;
    align-items: start;
  }

  .given .field {
    flex: 1;
  }

  .given .icon {
    margin-top: 1.3rem;
  }

  .stages {
    display: grid;
    gap: 0.4rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .stages li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 0.75rem;
    align-items: end;
  }

  .card .quiet {
    justify-self: start;
    font-size: var(--text-small);
  }

  @container (max-width: 27rem) {
    .card .head {
      flex-wrap: wrap;
    }

    .card .head select {
      order: 3;
      flex: 1 0 100%;
    }
  }
`;
