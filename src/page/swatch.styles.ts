import { css } from 'lit';

export const swatchStyles = css`
  .swatch {
    flex: none;
    vertical-align: middle;
  }

  .swatch line {
    stroke-width: 3;
  }

  .swatch-1 {
    stroke: var(--run-1);
  }

  .swatch-2 {
    stroke: var(--run-2);
  }

  .swatch-3 {
    stroke: var(--run-3);
  }
`;
