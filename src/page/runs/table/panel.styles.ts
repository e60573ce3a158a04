import { css } from 'lit';

export const styles = css`
  :host {
    --widths: 1fr;
    --line: 2.25rem;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }

  .scroller {
    position: relative;
    max-height: min(75vh, 44rem);
    overflow: auto;
    overscroll-behavior: contain;
    background: var(--sheet);
    border: 1px solid var(--rule);
    border-radius: var(--radius);
    font-size: var(--text-small);
    font-variant-numeric: tabular-nums;
    /* Lines are placed by hand; the browser's own anchoring would move them a second time. */
    overflow-anchor: none;
  }

  .scroller:focus-visible {
    outline-offset: 0;
  }

  .titles,
  .lines {
    min-width: max-content;
  }

  .titles {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--sunk);
    border-bottom: 1px solid var(--rule);
  }

  .lines {
    position: relative;
    contain: layout style;
  }

  .drawn {
    min-width: max-content;
  }

  .line {
    display: grid;
    grid-template-columns: 2.25rem var(--widths);
    align-items: center;
    gap: 0 0.9rem;
    height: var(--line);
    background: inherit;
    padding-right: 0.9rem;
  }

  .drawn .line {
    border-bottom: 1px solid var(--rule);
    background: var(--sheet);
  }

  .drawn .line:hover {
    background: var(--sunk);
  }

  .drawn .line.picked {
    background: color-mix(in srgb, var(--accent) 9%, var(--sheet));
  }

  .line.active {
    box-shadow: inset 3px 0 0 var(--rule-strong);
  }

  .scroller:focus-visible .line.active {
    box-shadow: inset 0 0 0 2px var(--focus);
  }

  .line > span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .line > .pick {
    display: grid;
    place-items: center;
    overflow: visible;
  }

  .line > .figure {
    text-align: right;
  }

  .label {
    display: none;
  }

  .titles .line > span {
    overflow: visible;
  }

  .titles button {
    min-height: 2.25rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 600;
    white-space: nowrap;
  }

  .titles button:hover {
    color: var(--accent);
    background: none;
  }

  .titles .figure button {
    text-align: right;
  }

  .arrow {
    display: inline-block;
    min-width: 0.7em;
    padding-left: 0.15em;
    color: var(--accent);
  }

  /* The arrow's place hangs over the column's edge, so that heading and figures end alike. */
  .titles .figure .arrow {
    margin-right: -0.85em;
  }

  .rank {
    font-size: 0.75em;
    line-height: 0;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 0.45rem;
  }

  /* Who the run is stays in sight where its values are wider than the page. */
  .line > .name,
  .titles .line > :nth-child(2) {
    position: sticky;
    left: 0;
    z-index: 1;
    background: inherit;
  }

  .line > .name {
    height: calc(100% - 4px);
    /* A long name must not widen its column: head and lines are grids of their own and have to agree. */
    contain: inline-size;
  }

  .name .value {
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 500;
  }

  .inner .name {
    padding-left: 1.6rem;
  }

  .group .name .value {
    font-weight: 650;
  }

  .measured .value {
    font-weight: 600;
  }

  .status-diverged .value,
  .status-failed .value {
    color: var(--bad);
  }

  .status-stopped .value,
  .status-waiting .value {
    color: var(--ink-soft);
  }

  .swatch {
    flex: none;
  }

  .expander {
    flex: none;
    display: grid;
    place-items: center;
    width: 1.5rem;
    min-height: 1.5rem;
    margin-left: -0.35rem;
    padding: 0;
    border: 0;
    background: none;
  }

  .expander path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
  }

  input[type='checkbox'] {
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .rename {
    height: 1.8rem;
  }

  .nothing {
    padding: 0.75rem 0.9rem;
  }

  .stacked {
    overflow-x: hidden;
  }

  .unboxed {
    max-height: none;
    overflow: visible;
  }

  .stacked .titles {
    position: absolute;
    width: 1px;
    height: 1px;
    min-width: 0;
    overflow: hidden;
    clip-path: inset(50%);
    border: 0;
  }

  .stacked .lines,
  .stacked .drawn {
    min-width: 0;
  }

  .stacked .drawn .line {
    grid-template-columns: repeat(3, minmax(0, 1fr));
    grid-template-rows: 2.5rem;
    grid-auto-rows: 2.6rem;
    align-content: start;
    align-items: start;
    gap: 0 0.75rem;
    padding: 0 0.75rem;
    overflow: hidden;
  }

  .stacked .line > .pick {
    grid-area: 1 / 3;
    justify-self: end;
    align-self: center;
    z-index: 1;
    min-width: 2rem;
    min-height: 2rem;
    place-items: center end;
  }

  .stacked .line > .name {
    grid-area: 1 / 1 / 2 / 4;
    position: static;
    align-self: center;
    background: none;
    padding-right: 2rem;
  }

  /* Two lines of a long name: what tells runs apart stands at its end. */
  .stacked .name .value {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
    line-height: 1.2;
  }

  .stacked .line > .figure {
    text-align: left;
  }

  .stacked .line > span:not(.pick, .name) {
    display: grid;
    line-height: 1.25;
  }

  .stacked .label {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
    line-height: 1.45;
  }

  .stacked .value {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .stacked .inner {
    border-left: 3px solid var(--rule);
  }

  .stacked .inner .name {
    padding-left: 0;
  }
`;
