import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }

  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
    align-items: end;
    gap: 0.35rem 0.75rem;
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1rem;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choice legend {
    padding: 0;
    font: 600 var(--text-body) / 1.35 var(--sans);
  }

  .group {
    display: grid;
    gap: 0.4rem;
  }

  .verdict {
    display: grid;
    gap: 0.3rem;
    padding: 0.9rem 1rem;
    background: var(--sunk);
    border-radius: var(--radius);
  }

  .verdict .kind {
    font: 600 1.375rem / 1.2 var(--serif);
  }

  .verdict.old {
    outline: 2px dashed var(--rule-strong);
    outline-offset: -2px;
  }

  .guess {
    color: var(--warn);
    font-size: var(--text-small);
  }

  .loss {
    font-variant-numeric: tabular-nums;
  }

  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.2rem 0.75rem;
    margin: 0;
    font-size: var(--text-small);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }

  dl > div {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: baseline;
    padding-bottom: 0.2rem;
    border-bottom: 1px solid var(--rule);
  }

  dl > div:last-child {
    border-bottom: 0;
  }

  dd {
    margin: 0;
  }

  dd.value {
    text-align: right;
  }

  dd .soft {
    display: block;
  }

  ul {
    display: grid;
    gap: 0.35rem;
    margin: 0;
    padding: 0 0 0 1.1rem;
    font-size: var(--text-small);
    line-height: 1.45;
  }

  h3 {
    margin-top: 0.6rem;
  }

  .row {
    margin-top: 0.6rem;
  }

  summary {
    cursor: pointer;
    font-size: var(--text-small);
    font-weight: 600;
  }

  details[open] summary {
    margin-bottom: 0.5rem;
  }

  input[type='file'] {
    height: auto;
    padding: 0.4rem;
    font-size: var(--text-small);
  }

  .link {
    display: inline-flex;
    align-items: center;
    min-height: 2.5rem;
    padding: 0 0.9rem;
    border-radius: var(--radius);
    color: var(--on-accent);
    background: var(--accent);
    font-weight: 600;
    text-decoration: none;
  }

  .link:hover {
    background: var(--accent-strong);
  }
`;
