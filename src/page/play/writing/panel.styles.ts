import { css } from 'lit';

export const styles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    gap: 0.6rem 0.8rem;
  }

  .prompt {
    display: grid;
    gap: 0.55rem;
  }

  textarea {
    font-family: var(--serif);
    font-size: var(--text-body);
  }

  .key {
    text-decoration: underline solid var(--accent) 2px;
    text-underline-offset: 0.22em;
  }

  .key.source {
    text-decoration-style: dotted;
  }
`;
