import { css } from 'lit';
import { swatchStyles } from '../swatch.styles.ts';

export const styles = [
  swatchStyles,
  css`
    section {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.5rem;
    }

    .slider {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.2rem 0.8rem;
      font-size: var(--text-small);
    }

    .slider > span {
      min-width: 8.5rem;
    }

    .slider input {
      flex: 1 1 10rem;
      max-width: 22rem;
      height: 1.5rem;
      padding: 0;
      border: 0;
      background: transparent;
      accent-color: var(--accent);
    }

    ul {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.6rem;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      min-width: 0;
      padding: 0.7rem 0.9rem;
      background: var(--sheet);
      border: 1px solid var(--rule);
      border-radius: var(--radius-sheet);
    }

    h3 {
      font-size: var(--text-small);
    }

    .texts {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.5rem 1rem;
      margin-top: 0.3rem;
    }

    figure {
      margin: 0;
      min-width: 0;
    }

    blockquote {
      margin: 0;
      font: 400 var(--text-body) / 1.5 var(--serif);
      overflow-wrap: anywhere;
      white-space: pre-line;
    }

    b {
      font-weight: 600;
    }

    @container (min-width: 34rem) {
      .texts {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      .texts figure:only-child {
        grid-column: 1 / -1;
      }
    }

    @container (min-width: 56rem) {
      ul {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
];
