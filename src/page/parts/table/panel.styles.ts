import { css } from 'lit';

export const styles = css`
  .frame {
    max-height: 24rem;
    overflow: auto;
    border: 1px solid var(--rule);
    border-radius: var(--radius);
  }

  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--text-small);
    line-height: 1.4;
  }

  th,
  td {
    padding: 0.3rem 0.7rem;
    text-align: left;
    vertical-align: baseline;
    border-bottom: 1px solid var(--rule);
  }

  tbody tr:last-child > * {
    border-bottom: 0;
  }

  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    font-weight: 600;
    background: var(--sunk);
    border-bottom-color: var(--rule-strong);
  }

  thead th .soft {
    font-weight: 400;
    white-space: nowrap;
  }

  .numeric {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .more {
    padding-top: 0.4rem;
  }
`;
