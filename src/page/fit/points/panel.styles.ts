import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  .figures {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  @media (min-width: 62rem) {
    .figures {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  .chosen {
    cursor: pointer;
  }

  .pointed {
    font-size: var(--text-small);
    overflow-wrap: anywhere;
  }

  .place {
    min-width: 11rem;
    max-width: 18rem;
    font-weight: 400;
    overflow-wrap: anywhere;
  }

  td.words {
    min-width: 9rem;
  }

  tr.out > * {
    color: var(--ink-soft);
  }
`;
