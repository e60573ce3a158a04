import { css } from 'lit';

export const styles = css`
  .body {
    display: grid;
    gap: 1.5rem;
  }

  section {
    display: grid;
    gap: 0.6rem;
    min-width: 0;
  }

  h3 {
    font: 600 var(--text-body) / 1.35 var(--serif);
  }

  .scale {
    display: block;
    width: 100%;
    height: 0.5rem;
    overflow: hidden;
    background: var(--sunk);
    border: 1px solid var(--rule-strong);
    border-radius: 999px;
  }

  .scale rect {
    fill: var(--accent);
  }

  /* What went wrong is seen however far down the button was. */
  .failure {
    position: sticky;
    z-index: 1;
    top: 0;
  }

  /* Room for nothing where there is nothing to say. */
  .alert:empty {
    display: none;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
  }

  .row > p {
    flex: 1 1 16rem;
  }

  h4 {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding-bottom: 0.25rem;
    border-bottom: 1px solid var(--rule);
  }

  .groups {
    display: grid;
    gap: 1rem;
  }

  ul.items {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .item {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0 0.75rem;
    padding: 0.35rem 0;
    border-bottom: 1px solid var(--rule);
  }

  .item:last-child {
    border-bottom: 0;
  }

  .what {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .size {
    font-size: var(--text-small);
    white-space: nowrap;
    text-align: right;
  }

  .question {
    grid-column: 1 / -1;
    display: grid;
    gap: 0.5rem;
    margin: 0.25rem 0 0.35rem;
    padding: 0.6rem 0.75rem;
    background: var(--warn-wash);
    border-left: 3px solid var(--warn);
    border-radius: var(--radius);
  }

  .held {
    grid-column: 1 / -1;
  }

  .tick {
    display: flex;
    align-items: baseline;
    gap: 0.5rem;
  }

  .box {
    display: grid;
    gap: 0.5rem;
    padding: 0.6rem 0.75rem;
    background: var(--sunk);
    border-radius: var(--radius);
  }

  .box.bad {
    background: var(--bad-wash);
  }

  .box.warn {
    background: var(--warn-wash);
  }

  button.small {
    min-height: 2rem;
    padding: 0 0.6rem;
    font-size: var(--text-small);
  }

  button.danger {
    color: var(--bad);
    border-color: var(--bad);
  }

  ul.lines {
    margin: 0;
    padding-left: 1.1rem;
    overflow-wrap: anywhere;
  }

  progress {
    width: 100%;
    accent-color: var(--accent);
  }

  .pick {
    display: grid;
    gap: 0.35rem;
  }
`;
