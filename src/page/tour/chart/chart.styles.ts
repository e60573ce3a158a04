import { css } from 'lit';

/** For the root in which charts are placed: they draw into the light DOM. */
export const chartStyles = css`
  tour-chart {
    display: block;
    min-width: 0;
  }

  .drawing {
    /* Its height is the chart's own; a chart that is being resized must not widen its column. */
    overflow: hidden;
  }

  .chart {
    display: block;
    font-family: var(--sans);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }

  .pickable {
    cursor: ew-resize;
    touch-action: pan-y;
    user-select: none;
  }

  .chart .grid {
    stroke: var(--rule);
  }

  .chart .base {
    stroke: var(--rule-strong);
  }

  .chart .tick,
  .chart .axis {
    fill: var(--ink-soft);
  }

  .chart .name {
    fill: var(--ink);
  }

  .chart .axis {
    font-size: 13px;
  }

  .letter {
    font-family: var(--serif);
    font-size: 1.1em;
    font-style: italic;
  }

  .index {
    font-family: var(--serif);
    font-size: 0.8em;
    font-style: italic;
  }

  .chart .chosen {
    stroke: var(--accent);
    stroke-width: 10;
    stroke-opacity: 0.16;
    stroke-linecap: round;
  }

  .chart .rule {
    stroke: var(--ink-soft);
    stroke-dasharray: 3 4;
  }

  .series {
    --tone: var(--ink-soft);
  }

  .mono {
    --tone: var(--run-1);
  }

  .one {
    --tone: var(--run-2);
  }

  .two {
    --tone: var(--run-3);
  }

  .other {
    --tone: var(--run-4);
  }

  .another {
    /* Of one hue on light paper and on dark, which not all of them are. */
    --tone: var(--run-5);
  }

  .between,
  .curve {
    fill: none;
    stroke: var(--tone);
    stroke-width: 1.25;
  }

  .curve {
    stroke-width: 2;
  }

  .mark {
    fill: var(--tone);
    stroke: var(--sheet);
    stroke-width: 1.25;
  }

  .dot {
    fill: var(--tone);
    fill-opacity: 0.45;
  }

  .bar {
    fill: none;
    stroke: var(--tone);
    stroke-width: 1.25;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1.1rem;
    margin: 0.25rem 0 0;
    padding: 0;
    list-style: none;
    font-size: var(--text-small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
`;
