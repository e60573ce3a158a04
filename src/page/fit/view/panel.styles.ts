import { css } from 'lit';

export const styles = css`
  .view,
  .top,
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    align-items: start;
  }

  @media (min-width: 62rem) {
    .top {
      grid-template-columns: minmax(0, 1.9fr) minmax(18rem, 1fr);
    }

    .two {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
`;
