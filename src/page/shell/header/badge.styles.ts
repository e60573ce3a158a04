import { css } from 'lit';

export const badgeStyles = css`
  .badge {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.4rem;
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.35;
  }

  .badge::before {
    content: '';
    align-self: center;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--rule-strong);
  }

  .badge strong {
    font-weight: 500;
    color: var(--ink);
  }

  .hardware::before {
    background: var(--good);
  }

  .software::before {
    background: none;
    border: 2px solid var(--warn);
  }

  .software span {
    color: var(--warn);
  }

  .none::before {
    border-radius: 0;
    background: var(--bad);
  }

  .none strong {
    color: var(--bad);
  }
`;
