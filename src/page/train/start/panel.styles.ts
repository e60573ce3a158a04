import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    margin-bottom: 1.25rem;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
  }

  label {
    font-weight: 600;
  }

  select {
    width: auto;
    max-width: 100%;
  }

  p:empty {
    display: none;
  }

  .share {
    margin-left: auto;
    min-height: 2.25rem;
    font-size: var(--text-small);
  }
`;
