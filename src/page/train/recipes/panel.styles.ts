import { css } from 'lit';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { swatchStyles } from '../swatch.styles.ts';
import { cardStyles } from './card.styles.ts';
import { glossaryStyles } from './glossary.styles.ts';

export const styles = [
  fieldStyles,
  swatchStyles,
  css`
    section {
      container-type: inline-size;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
    }

    .heading {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0 1rem;
    }

    .key {
      display: inline-block;
      width: 0.8em;
      height: 0.8em;
      margin: 0 0.35em 0 0.9em;
      border-radius: 2px;
      vertical-align: -0.05em;
    }

    .key.target {
      background: var(--target);
    }

    .key.source {
      background: var(--source);
    }

    .key.epoch {
      width: 2px;
      border-radius: 0;
      background: var(--ink);
    }

    .key.rate {
      height: 0;
      width: 1em;
      border-top: 2px solid var(--ink);
      border-radius: 0;
      vertical-align: 0.25em;
    }

    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem;
    }

    fieldset {
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0;
      margin-bottom: 0.4rem;
      font: 600 var(--text-body) / 1.35 var(--sans);
    }

    .shared {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.9rem;
      padding: 0.9rem 1rem 1rem;
      background: var(--sheet);
      border: 1px solid var(--rule);
      border-radius: var(--radius-sheet);
    }

    .fields + .soft,
    .fields + .tick {
      margin-top: 0.5rem;
    }

    .groups {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 1rem;
      padding-top: 0.9rem;
    }

    summary {
      width: fit-content;
      color: var(--accent);
      font-size: var(--text-small);
      cursor: pointer;
    }

    .fields {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 0.6rem 0.75rem;
    }

    .whole {
      display: flex;
      flex-wrap: wrap;
      gap: 0.3rem 1.75rem;
      margin: 0;
      font-size: var(--text-small);
    }

    .whole dt {
      color: var(--ink-soft);
    }

    .whole dd {
      margin: 0;
    }

    @container (min-width: 34rem) {
      .fields.three {
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
    }
  `,
  cardStyles,
  glossaryStyles,
];
