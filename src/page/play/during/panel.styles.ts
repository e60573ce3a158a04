import { css } from 'lit';

export const styles = css`
  blockquote {
    margin: 0;
    font: 400 var(--text-body) / 1.55 var(--serif);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  label.step {
    display: grid;
    gap: 0.2rem;
    max-width: 24rem;
    font-size: var(--text-small);
  }
`;
