import { css } from 'lit';

export const styles = css`
  section {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2rem 1.25rem;
    font-size: var(--text-small);
  }

  h3 {
    font-size: var(--text-small);
  }

  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 1.25rem;
    margin: 0;
  }

  dl div {
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

  button.quiet {
    min-height: 1.5rem;
    padding: 0;
    font-size: var(--text-small);
  }
`;
