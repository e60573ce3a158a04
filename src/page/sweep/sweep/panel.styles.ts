import { css } from 'lit';

export const styles = css`
  .tall {
    max-height: 22rem;
    overflow: auto;
  }

  ul {
    margin: 0.3rem 0 0;
    padding-left: 1.1rem;
  }
`;
