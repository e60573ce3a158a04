import { css } from 'lit';

export const styles = css`
  :host {
    max-width: 88rem;
    margin: 0 auto;
    padding: 0 clamp(0.875rem, 3vw, 2rem) 2rem;
  }

  .columns {
    display: grid;
    gap: 1.25rem;
  }

  .column {
    display: grid;
    gap: 1.25rem;
    align-content: start;
    min-width: 0;
  }

  footer {
    margin-top: 2rem;
    padding-top: 1rem;
    border-top: 1px solid var(--rule);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  footer p {
    max-width: 44rem;
  }

  @media (min-width: 70rem) {
    .columns {
      grid-template-columns: minmax(0, 11fr) minmax(0, 13fr);
      gap: 1.5rem;
    }

    .results {
      position: sticky;
      top: 1rem;
    }
  }
`;
