import { css } from 'lit';

export const styles = css`
  .facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.85rem;
  }

  .facts[inert] {
    opacity: 0.55;
  }

  .total strong {
    font: 600 1.75rem / 1.1 var(--serif);
  }

  .reasons {
    display: grid;
    gap: 0.4rem;
    margin: 0;
    padding-left: 1.1rem;
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
    gap: 0.5rem 1rem;
    margin: 0;
  }

  .figures dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .figures dd {
    margin: 0;
    font: 600 var(--text-large) / 1.3 var(--serif);
  }

  .tall {
    max-height: 20rem;
    overflow: auto;
  }
`;
