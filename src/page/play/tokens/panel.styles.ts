import { css, unsafeCSS } from 'lit';
import { LEVELS } from './levels.ts';

/** Of the colour in the deepest level: what is written on it stays readable in both themes. */
const DEEPEST_PERCENT = 48;

const levels = Array.from(
  { length: LEVELS },
  (_, level) =>
    `.level-${level} { background: color-mix(in oklab, var(--target) ${((DEEPEST_PERCENT * level) / (LEVELS - 1)).toFixed(1)}%, transparent); }`,
).join('\n');

/** The steps of the scale of losses: for tokens and for the scale's own legend. */
export const levelStyles = css`
  ${unsafeCSS(levels)}
`;

export const styles = [
  levelStyles,
  css`
    :host {
      position: relative;
    }

    .text {
      font: 400 var(--text-body) / 1.65 var(--serif);
      overflow-wrap: anywhere;
    }

    [role='listbox'],
    ::slotted(*) {
      white-space: pre-wrap;
    }

    .token {
      border-radius: 2px;
      cursor: default;
    }

    .token.heat {
      box-shadow: inset 0 0 0 0.5px var(--sheet);
    }

    .token.part {
      color: var(--ink-soft);
    }

    .token.end {
      color: var(--ink-soft);
      font: 0.8em var(--mono);
    }

    /* On the deepest level what is soft elsewhere could not be read. */
    .token.heat {
      color: var(--ink);
    }

    .token.copied {
      text-decoration: underline solid var(--accent) 2px;
      text-underline-offset: 0.22em;
      text-decoration-skip-ink: none;
    }

    .token.copied.source {
      text-decoration-style: dotted;
    }

    .token[aria-selected='true'] {
      outline: 2px solid var(--focus);
      outline-offset: 1px;
    }

    .card {
      position: absolute;
      z-index: 2;
      display: grid;
      gap: 0.3rem;
      width: min(17rem, 100%);
      padding: 0.6rem 0.75rem;
      background: var(--sheet);
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius);
      box-shadow: 0 0.3rem 1rem rgb(0 0 0 / 18%);
      font: 400 var(--text-small) / 1.35 var(--sans);
      overflow-wrap: anywhere;
    }

    .card ul {
      display: grid;
      grid-template-columns: minmax(2.5rem, auto) minmax(3rem, 1fr) auto;
      gap: 0.1rem 0.5rem;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    .card li {
      display: grid;
      grid-template-columns: subgrid;
      grid-column: 1 / -1;
      align-items: center;
    }

    .card li.here {
      font-weight: 600;
    }

    .card .number {
      text-align: right;
    }

    .piece {
      font-family: var(--mono);
      white-space: pre-wrap;
    }

    .space {
      position: relative;
      top: -0.12em;
      font-size: 1.35em;
      line-height: 0;
    }

    /* On a phone it would lie over the rest of the text: there it stands below it. */
    @media (max-width: 40rem) {
      .card {
        position: static;
        width: 100%;
        margin-top: 0.5rem;
        box-shadow: none;
      }
    }

    .bar {
      width: 100%;
      height: 0.55rem;
      background: var(--sunk);
      border-radius: 2px;
    }

    .bar rect {
      fill: var(--source);
    }

    .here .bar rect {
      fill: var(--accent);
    }
  `,
];
