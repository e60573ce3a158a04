import { css } from 'lit';
import { swatchStyles } from '../swatch.styles.ts';

export const styles = [
  swatchStyles,
  css`
    :host {
      padding: 0.9rem 1rem 0.6rem;
      background: var(--sheet);
      border: 1px solid var(--rule);
      border-radius: var(--radius-sheet);
    }

    .frame {
      position: relative;
      min-width: 0;
    }

    .plot {
      min-width: 0;
      overflow: hidden;
      touch-action: pan-y;
    }

    .tall {
      min-height: 16rem;
    }

    .low {
      min-height: 11.9rem;
    }

    .empty {
      position: absolute;
      inset: 0;
      display: grid;
      place-items: center;
      max-width: none;
      pointer-events: none;
    }

    .readout {
      display: flex;
      flex-wrap: wrap;
      gap: 0.1rem 1rem;
      min-height: 1.3rem;
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: var(--text-small);
    }

    /* What the values are of stands before them. */
    .at {
      order: -1;
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
