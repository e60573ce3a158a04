/** What the panels of the view Fit share. */

import { css } from 'lit';

export const fitStyles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    height: 100%;
    gap: 0.75rem;
  }

  /* Positioned, so that words for screen readers in its last column scroll with it. */
  .wide {
    container-type: inline-size;
    position: relative;
    overflow-x: auto;
    max-width: 100%;
  }

  table {
    border-collapse: collapse;
    width: 100%;
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
    line-height: 1.35;
  }

  caption {
    text-align: left;
    padding-bottom: 0.4rem;
    color: var(--ink-soft);
  }

  /* As wide as the place, not as the table that scrolls in it. */
  .wide > table > caption {
    max-width: min(100cqi, var(--measure));
  }

  th,
  td {
    padding: 0.4rem 0.6rem;
    text-align: right;
    vertical-align: baseline;
    border-bottom: 1px solid var(--rule);
  }

  th:first-child,
  td:first-child,
  th.words,
  td.words {
    text-align: left;
  }

  thead th {
    color: var(--ink-soft);
    font-weight: 500;
    white-space: nowrap;
  }

  tbody th {
    font-weight: 600;
  }

  tbody tr:last-child > * {
    border-bottom: 0;
  }

  .mark {
    display: inline-block;
    padding: 0.05rem 0.45rem;
    border: 1px solid var(--rule-strong);
    border-radius: 1rem;
    color: var(--ink-soft);
    font-size: 0.75rem;
    white-space: nowrap;
  }

  .mark.warn {
    color: var(--warn);
    background: var(--warn-wash);
    border-color: currentColor;
  }

  .mark.good {
    color: var(--good);
    border-color: currentColor;
  }

  .note {
    padding: 0.65rem 0.85rem;
    border-left: 3px solid var(--warn);
    background: var(--warn-wash);
    color: var(--ink);
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .note.bad {
    border-color: var(--bad);
    background: var(--bad-wash);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
  }

  .row select,
  .row input {
    width: auto;
  }

  button.small {
    min-height: 2rem;
    padding: 0 0.6rem;
    font-size: var(--text-small);
  }

  progress {
    width: 8rem;
    height: 0.5rem;
    accent-color: var(--accent);
  }

  ul.plain {
    display: grid;
    gap: 0.35rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--text-small);
    line-height: 1.45;
  }

  ul.plain.note {
    padding: 0.65rem 0.85rem;
  }

  math {
    font-size: 1.08em;
  }
`;
