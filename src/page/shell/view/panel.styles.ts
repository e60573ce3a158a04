import { css } from 'lit';

export const styles = css`
  .waiting {
    padding: 3rem 0;
    color: var(--ink-soft);
    /* A view that comes at once needs no words; they fade in for one that does not. */
    animation: appear 0.2s 0.25s both;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  .failed {
    display: grid;
    gap: 0.5rem;
    justify-items: start;
    max-width: 46rem;
    padding: 0.9rem 1.1rem;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--bad-wash);
  }

  .failed h2 {
    color: var(--bad);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
`;
