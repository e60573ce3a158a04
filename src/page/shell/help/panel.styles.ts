import { css } from 'lit';

export const styles = css`
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }

  h3 {
    font: 600 var(--text-body) / 1.35 var(--serif);
  }

  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.35rem 1rem;
    margin: 0;
  }

  dt {
    font-weight: 600;
  }

  dd {
    margin: 0;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: 0.25rem 1rem 0.25rem 0;
    text-align: left;
    font-weight: 400;
    vertical-align: baseline;
  }

  tbody th {
    width: 1%;
    white-space: nowrap;
  }

  .where {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  kbd {
    display: inline-block;
    min-width: 1.6rem;
    padding: 0.1rem 0.4rem;
    text-align: center;
    font: 500 var(--text-small) / 1.4 var(--mono);
    background: var(--sunk);
    border: 1px solid var(--rule-strong);
    border-radius: 4px;
  }

  .off {
    color: var(--ink-soft);
  }

  code {
    font: 0.92em var(--mono);
  }
`;
