import { css } from 'lit';

export const styles = css`
  .stage {
    position: relative;
    min-width: 0;
    overflow: hidden;
  }

  .over {
    position: absolute;
    top: 0;
    left: 0;
    display: block;
    max-width: 100%;
    height: auto;
    cursor: crosshair;
    touch-action: manipulation;
  }

  .over:focus-visible {
    outline-offset: -2px;
  }

  .paper {
    fill: none;
    stroke: var(--sheet);
    stroke-width: 4;
  }

  .cell {
    fill: none;
    stroke: var(--ink);
    stroke-width: 1.8;
  }

  .cross {
    stroke: var(--ink);
    stroke-width: 1;
    stroke-dasharray: 2 3;
    opacity: 0.55;
  }

  .readout {
    display: grid;
    gap: 0.15rem;
    min-height: 6.2rem;
    padding: 0.6rem 0.85rem;
    background: var(--sunk);
    border-radius: var(--radius);
    font-size: var(--text-small);
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
  }

  .readout .place {
    font-weight: 600;
  }

  .empty {
    display: grid;
    gap: 0.5rem;
    padding: 2.5rem 1rem;
    text-align: center;
    color: var(--ink-soft);
  }

  .empty p {
    max-width: 38rem;
    margin: 0 auto;
  }

  .ranges + .row {
    margin-top: 0.6rem;
  }

  .ranges {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr));
    gap: 0.25rem 0.75rem;
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  .ranges legend {
    padding: 0 0 0.35rem;
    font: 600 var(--text-body) / 1.35 var(--sans);
  }

  kbd {
    padding: 0 0.3em;
    border: 1px solid var(--rule-strong);
    border-radius: 3px;
    font: 500 0.85em var(--sans);
  }
`;
