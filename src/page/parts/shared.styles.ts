/** What every panel shares: the reset, headings, links, sheets, buttons, fields, and words for screen readers only. */

import { css } from 'lit';
import { inputs } from './inputs.styles.ts';

const basics = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    min-width: 0;
  }

  [hidden] {
    display: none !important;
  }

  h2 {
    margin: 0;
    font: 600 var(--text-large) / 1.3 var(--serif);
    letter-spacing: -0.005em;
  }

  h3 {
    margin: 0;
    font: 600 var(--text-body) / 1.35 var(--sans);
  }

  /* A panel's heading, and at the other end of its line what belongs to it. */
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.35rem 1rem;
  }

  p {
    max-width: var(--measure);
    margin: 0;
    text-wrap: pretty;
  }

  /* What lies in a line is as wide as its place. */
  p.row,
  p.busy {
    max-width: none;
  }

  /* On a wash that goes on beyond the words. */
  p.note {
    max-width: none;
    padding-right: max(0.85rem, 100% - var(--measure));
  }

  ul.note > li,
  .note > ul > li {
    max-width: var(--measure);
  }

  .soft {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .symbol {
    font: italic 400 1.05em var(--serif);
  }

  .symbol sub {
    font-size: 0.72em;
    line-height: 0;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  button {
    font: 500 var(--text-body) / 1 var(--sans);
    color: var(--ink);
    background: var(--sheet);
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    min-height: 2.5rem;
    padding: 0 0.9rem;
    cursor: pointer;
  }

  button:hover:not(:disabled) {
    background: var(--sunk);
  }

  button.primary {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
    font-weight: 600;
  }

  button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }

  button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--accent);
    min-height: 2rem;
    padding: 0 0.4rem;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  button:disabled {
    cursor: default;
    color: var(--ink-soft);
    background: transparent;
    border-color: var(--rule);
  }

  button.quiet:disabled {
    border-color: transparent;
    text-decoration: none;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  h4 {
    margin: 0;
    font: 600 var(--text-small) / 1.35 var(--sans);
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }

  /* A formula that is wider than its place goes on in the next line; its terms are set like words. */
  math:has(.statements) {
    display: block !important;
  }

  math:has(.statements) > semantics {
    display: block;
  }

  math .statements,
  math .statement {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.3rem 0;
  }

  code {
    font: 0.92em var(--mono);
    overflow-wrap: anywhere;
  }

  /* What belongs together lies on a sheet of its own. */
  .sheet {
    min-width: 0;
    padding: 1.1rem 1.25rem 1.25rem;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: var(--radius-sheet);
  }

  @media (max-width: 30rem) {
    .sheet {
      padding: 0.9rem 0.85rem 1rem;
    }
  }

  .problem {
    color: var(--bad);
    font-size: var(--text-small);
    line-height: 1.35;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const shared = [basics, inputs];
