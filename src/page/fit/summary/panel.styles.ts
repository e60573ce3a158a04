import { css } from 'lit';

export const styles = css`
  .law {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
  }

  .law select {
    width: auto;
    max-width: min(22rem, 60vw);
  }

  .formula {
    padding: 0.6rem 0;
    font-size: 1.05rem;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.6rem, 1fr));
    gap: 0.6rem 1rem;
    margin: 0;
  }

  dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  dd {
    margin: 0;
    font-size: var(--text-large);
    font-variant-numeric: tabular-nums;
  }

  dd .mark {
    font-size: var(--text-small);
  }

  .meaning {
    font-size: var(--text-small);
  }

  .meaning ul {
    margin-top: 0.4rem;
  }

  .how {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem 0.75rem;
  }
`;
