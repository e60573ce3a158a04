import { css } from 'lit';

export const styles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 0.75rem 2rem;
    padding: 1.5rem 0 1.25rem;
  }

  h1 {
    margin: 0;
    font: 600 2rem / 1.1 var(--serif);
    letter-spacing: -0.015em;
  }

  h1 sup {
    font-size: 0.55em;
    line-height: 0;
    vertical-align: 0.6em;
    margin-left: 0.05em;
  }

  .name p {
    margin-top: 0.3rem;
    color: var(--ink-soft);
  }

  .badge {
    display: grid;
    gap: 0.1rem;
    padding: 0.15rem 0 0.15rem 0.75rem;
    border-left: 3px solid var(--rule-strong);
    font-size: var(--text-small);
    line-height: 1.4;
    overflow-wrap: anywhere;
  }

  .badge strong {
    font-weight: 600;
  }

  .hardware {
    border-color: var(--good);
  }

  .software {
    border-color: var(--warn);
  }

  .software span {
    color: var(--warn);
  }

  .none {
    border-color: var(--bad);
    color: var(--bad);
  }
`;
