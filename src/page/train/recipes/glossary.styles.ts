import { css } from 'lit';

export const glossaryStyles = css`
  details {
    font-size: var(--text-small);
  }

  summary {
    width: fit-content;
    color: var(--accent);
    cursor: pointer;
  }

  .glossary {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    gap: 0.5rem 1.25rem;
    padding-top: 0.25rem;
    border: 0;
  }

  .glossary div {
    display: block;
  }

  .glossary dt {
    color: var(--ink);
    font-weight: 600;
  }

  .glossary dd {
    margin: 0;
    color: var(--ink-soft);
  }

  .formula {
    white-space: nowrap;
  }
`;
