import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.85rem;
  }

  :host([hidden]) {
    display: none;
  }

  .places {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  .law {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem 1rem;
    align-items: baseline;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .law strong {
    color: var(--ink);
  }

  .empty {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
    max-width: 42rem;
  }

  @media (min-width: 64rem) {
    .places {
      grid-template:
        'phase phase case' auto
        'slice slice case' 1fr
        'epochs turn turn' auto / minmax(0, 5fr) minmax(0, 2fr) minmax(20rem, 4fr);
      align-items: start;
    }

    map-phase {
      grid-area: phase;
    }

    map-case {
      grid-area: case;
    }

    map-slice {
      grid-area: slice;
    }

    map-epochs {
      grid-area: epochs;
    }

    map-turn {
      grid-area: turn;
    }
  }
`;
