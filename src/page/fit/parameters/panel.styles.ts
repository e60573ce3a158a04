import { css } from 'lit';

export const styles = css`
  .both {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  @media (min-width: 75rem) {
    .both {
      grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
      align-items: start;
    }
  }

  td.number {
    white-space: nowrap;
  }

  td.words {
    min-width: 11rem;
  }

  th button.quiet {
    min-height: 1.5rem;
    padding: 0;
    font-size: inherit;
    text-decoration-style: dotted;
  }

  /* As texts, figures and files call it. */
  th .name {
    margin-left: 0.3rem;
    font-weight: 400;
    font-size: 0.75rem;
  }

  /* What a parameter is stands below its numbers where there is little room. */
  @container (max-width: 30rem) {
    table,
    thead,
    tbody {
      display: block;
    }

    tr {
      display: grid;
      grid-template-columns: 5.25rem 4.5rem minmax(0, 1fr);
      align-items: baseline;
      border-bottom: 1px solid var(--rule);
    }

    th,
    td {
      padding-inline: 0 0.4rem;
      border-bottom: 0;
    }

    thead th.words {
      white-space: nowrap;
    }

    th .name {
      display: none;
    }

    th.words:nth-child(4) {
      display: none;
    }

    td.words {
      grid-column: 1 / -1;
      padding-top: 0;
    }

    td.number {
      white-space: normal;
    }
  }
`;
