import { css } from 'lit';
import { swatchStyles } from '../swatch.styles.ts';

export const styles = [
  swatchStyles,
  css`
    section {
      container-type: inline-size;
      display: grid;
      gap: 0.4rem;
    }

    details {
      font-size: var(--text-small);
    }

    summary {
      width: fit-content;
      color: var(--accent);
      cursor: pointer;
    }

    lab-run-table {
      margin-top: 0.5rem;
    }

    table {
      width: 100%;
      border-collapse: collapse;
      font-variant-numeric: tabular-nums;
    }

    caption {
      text-align: left;
      padding-bottom: 0.4rem;
    }

    th,
    td {
      padding: 0.45rem 0.6rem;
      border-bottom: 1px solid var(--rule);
      text-align: left;
      font-weight: 400;
    }

    thead th {
      padding-top: 0;
      color: var(--ink-soft);
      font-size: var(--text-small);
    }

    tbody th {
      font-weight: 600;
    }

    tbody th,
    tfoot th {
      white-space: nowrap;
    }

    tfoot th,
    tfoot td {
      color: var(--ink-soft);
    }

    th:first-child {
      padding-left: 0;
    }

    th:last-child,
    td:last-child {
      padding-right: 0;
    }

    .figure {
      text-align: right;
      white-space: nowrap;
    }

    .strong {
      font-weight: 600;
    }

    .status {
      color: var(--ink-soft);
    }

    .status-diverged,
    .status-failed {
      color: var(--bad);
    }

    .status strong {
      color: var(--good);
    }

    @container (max-width: 34rem) {
      table,
      caption,
      tbody,
      tfoot,
      tr {
        display: block;
      }

      thead {
        position: absolute;
        clip-path: inset(50%);
      }

      tr {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 0.3rem 0.75rem;
        padding: 0.6rem 0;
        border-bottom: 1px solid var(--rule);
      }

      tbody th,
      tfoot th,
      td {
        display: block;
        padding: 0;
        border: 0;
      }

      tbody th {
        grid-column: 1 / 3;
      }

      .status {
        white-space: nowrap;
        text-align: right;
      }

      /* Name and figure in one line, the meaning below. */
      tfoot tr {
        grid-template-columns: 1fr auto;
      }

      tfoot th,
      tfoot .figure {
        grid-row: 1;
      }

      tfoot .status {
        grid-column: 1 / -1;
        text-align: left;
      }

      tfoot .figure::before {
        content: none;
      }

      tfoot td:last-child {
        display: none;
      }

      .figure {
        text-align: left;
      }

      .figure::before {
        content: attr(data-label) ' ';
        display: block;
        color: var(--ink-soft);
        font-size: var(--text-small);
        font-weight: 400;
      }

      .figure[data-label='Step'] {
        grid-column: 1 / -1;
        display: flex;
        gap: 0.5rem;
      }
    }
  `,
];
