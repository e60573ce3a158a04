import { css } from 'lit';
import { levelStyles } from '../tokens/panel.styles.ts';

export const styles = [
  levelStyles,
  css`
    .ask {
      display: grid;
      gap: 0.55rem;
    }

    textarea {
      font-family: var(--serif);
      font-size: var(--text-body);
    }

    .legend {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.3rem 0.6rem;
      max-width: none;
    }

    .scale {
      display: flex;
    }

    .scale span {
      width: 1.1rem;
      height: 1rem;
      border: solid var(--rule-strong);
      border-width: 1px 0;
    }

    .scale span:first-child {
      border-left-width: 1px;
    }

    .scale span:last-child {
      border-right-width: 1px;
    }

    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 0.2rem 1.2rem;
      margin: 0;
      font-size: var(--text-small);
    }

    dl > div {
      display: flex;
      gap: 0.4rem;
    }

    dt {
      color: var(--ink-soft);
    }

    dd {
      margin: 0;
      font-weight: 600;
    }

    .lines {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.15rem;
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: var(--text-small);
    }

    .lines li {
      display: flex;
      justify-content: space-between;
      gap: 0.8rem;
    }

    .line {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      color: var(--ink-soft);
    }

    .best {
      color: var(--good);
      font-weight: 600;
    }
  `,
];
