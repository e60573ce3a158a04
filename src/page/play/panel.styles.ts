import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  .jumps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.6rem;
  }

  @media (min-width: 48rem) {
    .jumps {
      display: none;
    }
  }

  :host([hidden]) {
    display: none;
  }
`;
