import { css } from 'lit';
import { swatchStyles } from '../swatch.styles.ts';

export const styles = [
  swatchStyles,
  css`
  section {
    display: grid;
    gap: 0.25rem;
    min-width: 0;
    padding: 0.9rem 1rem 0.75rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: var(--radius);
  }

  .frame {
    position: relative;
    min-width: 0;
    margin-top: 0.5rem;
  }

  .plot {
    min-width: 0;
    min-height: 10rem;
    overflow: hidden;
  }

  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    pointer-events: none;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin: 0.25rem 0 0;
    padding: 0;
    list-style: none;
    font-size: var(--text-small);
  }

  .reference line {
    stroke: var(--ink-soft);
    stroke-width: 2;
  }

  .u-select {
    background: var(--focus);
    opacity: 0.15;
  }
`,
];
