import { css } from 'lit';

export const styles = css`
  .box {
    display: grid;
    gap: 0.4rem;
    justify-items: start;
    margin-top: 1.25rem;
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

  details.box {
    display: block;
    padding-block: 0.6rem;
  }

  details.box > * + * {
    margin-top: 0.5rem;
  }

  summary {
    cursor: pointer;
  }

  summary h2,
  summary .soft {
    display: inline;
  }

  summary .soft {
    margin-left: 0.5rem;
    color: var(--ink);
  }

  .box button {
    color: inherit;
  }

  .box button.quiet {
    margin-left: -0.4rem;
  }

  code {
    font: 0.92em var(--mono);
  }
`;
