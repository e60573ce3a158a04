import { css } from 'lit';

export const styles = css`
  .figures {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  @media (min-width: 62rem) {
    .figures {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      align-items: start;
    }
  }

  tr[aria-current='true'] > * {
    background: var(--sunk);
  }
`;
