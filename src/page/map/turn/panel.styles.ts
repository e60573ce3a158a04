import { css } from 'lit';

export const styles = css`
  .formula {
    overflow-x: auto;
    padding: 0.75rem 0.5rem;
    background: var(--sunk);
    border-radius: var(--radius);
    text-align: center;
  }

  .formula .statements,
  .formula .statement {
    justify-content: center;
  }

  .formula .lit {
    color: var(--accent);
    background: color-mix(in srgb, var(--accent) 16%, transparent);
    border-radius: 3px;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
    gap: 0.9rem 1.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    gap: 0.1rem;
    min-width: 0;
  }

  .name {
    display: flex;
    justify-content: space-between;
    gap: 0.5rem;
    align-items: baseline;
    font-size: var(--text-small);
  }

  .name label {
    min-width: 0;
  }

  .turned output {
    color: var(--accent);
    font-weight: 600;
  }

  output {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  input[type='range'] {
    height: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--accent);
  }

  .marks {
    display: block;
    width: 100%;
    height: 0.5rem;
    overflow: visible;
  }

  .marks .sure {
    fill: var(--accent);
    opacity: 0.35;
  }

  .marks .fit {
    fill: var(--ink);
  }

  .soft {
    line-height: 1.35;
  }

  button.back {
    justify-self: start;
    min-height: 1.5rem;
    padding: 0;
    font-size: var(--text-small);
  }
`;
