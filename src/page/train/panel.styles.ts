import { css } from 'lit';

export const styles = css`
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.5rem;
  }

  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    align-content: start;
    min-width: 0;
  }

  /* In one column the button that trains comes before what it trains, and its results at the end. */
  @media (max-width: 69.99rem) {
    .column {
      display: contents;
    }

    train-control,
    train-speed {
      order: -1;
    }
  }

  @media (min-width: 70rem) {
    .columns {
      grid-template-columns: minmax(0, 10fr) minmax(0, 13fr);
    }
  }
`;
