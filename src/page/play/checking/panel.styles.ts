import { css } from 'lit';

export const styles = css`
  .badge {
    max-width: none;
    padding: 0.4rem 0.7rem;
    border: 1px solid var(--rule-strong);
    border-radius: var(--radius);
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .badge.good {
    color: var(--good);
    border-color: currentColor;
  }

  .badge.bad {
    color: var(--bad);
    background: var(--bad-wash);
    border-color: currentColor;
  }

  label.provider {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-size: var(--text-small);
  }

  select {
    width: auto;
  }
`;
