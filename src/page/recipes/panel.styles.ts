import { css } from 'lit';
import { swatchStyles } from '../swatch.styles.ts';
import { glossaryStyles } from './glossary.styles.ts';

export const styles = [
  swatchStyles,
  css`
    section {
      container-type: inline-size;
      display: grid;
      gap: 0.75rem;
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

    fieldset {
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      padding: 0;
      font: 600 var(--text-body) / 1.35 var(--sans);
    }

    .cards {
      display: grid;
      gap: 0.75rem;
    }

    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.5rem 0;
      min-width: 0;
      align-content: start;
      padding: 0.9rem 0.9rem 0.6rem;
      background: var(--sheet);
      border: 1px solid var(--rule);
      border-radius: var(--radius);
    }

    .card[data-off] dd {
      color: var(--ink-soft);
    }

    .card[data-off] .picture {
      opacity: 0.45;
    }

    .title {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      cursor: pointer;
    }

    .title .swatch {
      margin-left: auto;
    }

    input[type='checkbox'] {
      flex: none;
      width: 1.1rem;
      height: 1.1rem;
      margin: 0;
      accent-color: var(--accent);
    }

    .words {
      margin-top: -0.4rem;
    }

    .picture {
      height: 2.25rem;
      background: var(--sunk);
      border-radius: 3px;
      overflow: hidden;
    }

    .strip {
      display: block;
      width: 100%;
      height: 100%;
    }

    .strip .target {
      fill: var(--target);
    }

    .strip .source {
      fill: var(--source);
    }

    .strip .edge {
      stroke: var(--sheet);
      stroke-width: 1.5;
      vector-effect: non-scaling-stroke;
    }

    .own {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.5rem;
      align-content: start;
    }

    .field {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.2rem;
      align-content: start;
      min-width: 0;
    }

    .field label,
    .label {
      display: flex;
      justify-content: space-between;
      gap: 0.5rem;
      font-size: var(--text-small);
      line-height: 1.4;
    }

    .fixed .value {
      display: flex;
      align-items: center;
      height: 2.25rem;
      padding: 0 0.5rem;
      color: var(--ink-soft);
      border-bottom: 1px solid var(--rule);
    }

    dl {
      display: grid;
      align-content: start;
      gap: 0.1rem;
      margin: 0.25rem 0 0;
      padding-top: 0.5rem;
      border-top: 1px solid var(--rule);
      font-size: var(--text-small);
    }

    dl div {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 0.5rem;
    }

    dt {
      color: var(--ink-soft);
    }

    dd {
      margin: 0 0 0 auto;
    }

    .shared {
      display: grid;
      gap: 1rem;
      padding: 0.9rem 1rem 1rem;
      background: var(--sheet);
      border: 1px solid var(--rule);
      border-radius: var(--radius);
    }

    .shared legend {
      margin-bottom: 0.4rem;
    }

    .fields {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 0.6rem 0.75rem;
    }

    /* Where cards stand one below the other, what cannot be chosen needs no line of its own for its value. */
    @container (max-width: 33.99rem) {
      .fixed {
        grid-template-columns: 1fr auto auto;
        align-items: center;
        border-bottom: 1px solid var(--rule);
      }

      .fixed .label {
        grid-column: 1 / 3;
      }

      .fixed .value {
        height: 1.75rem;
        padding-right: 0;
        border: 0;
      }
    }

    /* Three cards side by side with little room. */
    @container (min-width: 34rem) and (max-width: 40rem) {
      .card {
        padding-inline: 0.75rem;
      }

      .title {
        gap: 0.35rem;
      }

      .title .swatch {
        width: 1.1rem;
      }
    }

    @container (min-width: 34rem) {
      .cards {
        grid-template-columns: repeat(3, minmax(0, 1fr));
        grid-template-rows: repeat(6, auto);
        row-gap: 0;
      }

      /*
       * Rows that the cards share: title, words, picture, fields, figures, note. The fields are one row together, so
       * that a problem in one card opens no hole among the fields of the others.
       */
      .card {
        grid-row: span 6;
        grid-template-rows: subgrid;
        row-gap: 0.5rem;
      }

      /* As tall as a field with its place for a problem. */
      .fixed {
        padding-bottom: 0.2rem;
      }

      .fields.three {
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
    }
  `,
  glossaryStyles,
];
