import { css } from 'lit';
import { dropStyles } from '../../parts/drop.styles.ts';

export const styles = css`
  ${dropStyles}

  .drop label {
    font-weight: 600;
  }

  .note + .note {
    margin-top: 0.5rem;
  }

  ul {
    margin: 0.35rem 0 0;
    padding-left: 1.1rem;
  }
`;
