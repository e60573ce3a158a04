import { css } from 'lit';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { swatchStyles } from '../swatch.styles.ts';

export const styles = [
  swatchStyles,
  fieldStyles,
  css`
    section {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.6rem;
    }

    .awaited {
      display: grid;
      place-items: center;
      max-width: none;
      min-height: 16rem;
      padding: 1.5rem;
      border: 1px dashed var(--rule-strong);
      border-radius: var(--radius);
      text-align: center;
    }

    .tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.3rem 1rem;
    }

    .tool {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      font-size: var(--text-small);
    }

    .tool select {
      width: auto;
      height: 2rem;
    }

    .tool input[type='range'] {
      width: 5.5rem;
    }

    .tool .number {
      min-width: 5.6rem;
    }

    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 0.4rem;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .legend button {
      display: flex;
      align-items: center;
      gap: 0.4rem;
      min-height: 1.9rem;
      padding: 0 0.6rem;
      font-size: var(--text-small);
      background: var(--sheet);
      border-color: var(--rule);
    }

    .legend button[aria-pressed='false'] {
      color: var(--ink-soft);
      background: transparent;
      text-decoration: line-through;
    }

    .legend button[aria-pressed='false'] .swatch {
      opacity: 0.35;
    }

    .small {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.6rem;
    }

    @container (min-width: 44rem) {
      .small {
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
    }
  `,
];
