/** What the panels of the view Sweep share. */

import { css } from 'lit';
import { sectionStyles } from '../parts/section.styles.ts';

export const sweepStyles = css`
  ${sectionStyles}

  .wide {
    overflow-x: auto;
    max-width: 100%;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
  }

  caption {
    padding-bottom: 0.35rem;
    color: var(--ink-soft);
    text-align: left;
  }

  th,
  td {
    padding: 0.3rem 0.6rem;
    text-align: right;
    vertical-align: baseline;
    border-bottom: 1px solid var(--rule);
    white-space: nowrap;
  }

  th:first-child,
  td:first-child {
    padding-left: 0;
    text-align: left;
    white-space: normal;
  }

  th:last-child,
  td:last-child {
    padding-right: 0;
  }

  @media (max-width: 30rem) {
    th,
    td {
      padding: 0.3rem;
    }
  }

  thead th {
    color: var(--ink-soft);
    font-weight: 500;
  }

  tbody th {
    font-weight: 500;
  }

  tbody tr:last-child > *,
  tfoot tr:last-child > * {
    border-bottom: 0;
  }

  tfoot > tr > * {
    border-top: 1px solid var(--rule-strong);
    font-weight: 600;
  }

  button.small {
    min-height: 2rem;
    padding: 0 0.6rem;
    font-size: var(--text-small);
  }

  progress {
    width: 100%;
    height: 0.5rem;
    accent-color: var(--accent);
  }

  .note {
    padding: 0.6rem 0.8rem;
    border-left: 3px solid var(--warn);
    background: var(--warn-wash);
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .note.bad {
    border-color: var(--bad);
    background: var(--bad-wash);
  }

  .note.calm {
    border-color: var(--rule-strong);
    background: var(--sunk);
  }

  .mark {
    display: inline-block;
    padding: 0.05rem 0.5rem;
    border: 1px solid var(--rule-strong);
    border-radius: 1rem;
    color: var(--ink-soft);
    font-size: 0.75rem;
    line-height: 1.5;
    white-space: nowrap;
  }

  .mark.good {
    color: var(--good);
    border-color: currentColor;
  }

  .mark.warn {
    color: var(--warn);
    background: var(--warn-wash);
    border-color: currentColor;
  }

  .mark.bad {
    color: var(--bad);
    background: var(--bad-wash);
    border-color: currentColor;
  }

  .mark.busy {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }

  .commands {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    font-size: var(--text-small);
  }

  .commands dt {
    margin-top: 0.5rem;
    font-weight: 600;
  }

  .commands dd {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.3rem;
    margin: 0;
  }

  details > summary {
    width: fit-content;
    color: var(--accent);
    font-size: var(--text-small);
    cursor: pointer;
  }

  details[open] > summary {
    margin-bottom: 0.4rem;
  }
`;
