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

  .swatch-4 {
    stroke: var(--run-4);
  }

  .swatch-5 {
    stroke: var(--run-5);
  }

  .swatch-6 {
    stroke: var(--run-6);
  }

  .swatch-7 {
    stroke: var(--run-7);
  }

  .swatch-8 {
    stroke: var(--run-8);
  }
`;
