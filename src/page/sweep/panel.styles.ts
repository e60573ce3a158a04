import { css } from 'lit';

export const styles = css`
  .view {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  .side {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    align-content: start;
    min-width: 0;
  }

  @media (min-width: 64rem) {
    .view {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 1.5rem;
    }

    sweep-detail,
    sweep-bring,
    sweep-all {
      grid-column: 1 / -1;
    }
  }
`;
