import { css } from 'lit';

export const styles = css`
  .box {
    display: grid;
    gap: 0.4rem;
    justify-items: start;
    margin-bottom: 1.25rem;
    padding: 0.9rem 1.1rem;
    border: 1px solid currentcolor;
    border-radius: var(--radius);
  }

  .box p {
    max-width: 46rem;
    color: var(--ink);
    overflow-wrap: anywhere;
  }

  .bad {
    color: var(--bad);
    background: var(--bad-wash);
  }

  .warn {
    color: var(--warn);
    background: var(--warn-wash);
  }

  .box button {
    color: inherit;
    margin-left: -0.4rem;
  }

  code {
    font: 0.92em var(--mono);
  }
`;
