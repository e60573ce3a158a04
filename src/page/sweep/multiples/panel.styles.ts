import { css } from 'lit';

export const styles = css`
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin: 0.4rem 0 0.6rem;
    font-size: var(--text-small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }

  .cells {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
    gap: 0.9rem 1rem;
  }

  .cells li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    max-width: 24rem;
  }

  .name {
    font-size: var(--text-small);
    line-height: 1.4;
  }

  canvas {
    display: block;
    width: 100%;
    height: 6rem;
  }
`;
