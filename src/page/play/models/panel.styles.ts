import { css } from 'lit';
import { dropStyles } from '../../parts/drop.styles.ts';

export const styles = css`
  ul.models {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
    gap: 0.6rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .models > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    align-content: space-between;
    padding: 0.7rem 0.85rem;
    border: 1px solid var(--rule);
    border-radius: var(--radius);
  }

  .models > li.chosen {
    border-color: var(--accent);
    box-shadow: inset 3px 0 0 var(--accent);
  }

  .pick {
    display: flex;
    gap: 0.6rem;
    align-items: start;
    cursor: pointer;
  }

  .pick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    margin: 0.15rem 0 0;
  }

  .pick > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .name {
    font-weight: 600;
  }

  .facts {
    display: block;
  }

  .origin {
    padding: 0.05rem 0.45rem;
    border: 1px solid var(--rule-strong);
    border-radius: 1rem;
    color: var(--ink-soft);
    font-size: 0.75rem;
    white-space: nowrap;
  }

  /* Room for nothing where there is nothing to say. */
  [role='alert']:empty {
    display: none;
  }

  ${dropStyles}

  .drop h3 {
    font-size: var(--text-small);
  }

  .picks {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
  }

  .picks label {
    display: grid;
    gap: 0.2rem;
    min-width: 0;
    font-size: var(--text-small);
  }

  ul.said {
    margin: 0.35rem 0 0;
    padding-left: 1.1rem;
  }
`;
