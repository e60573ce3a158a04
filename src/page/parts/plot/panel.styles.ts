import { css, unsafeCSS } from 'lit';
import { DARK_COLOURS, twinRules } from '../../../figures/theme.ts';

/** Figures carry light colours; on dark paper each gives way to its twin, as it does in their files. */
const darkRules = twinRules(DARK_COLOURS, ':host([dark]) ');

export const styles = [
  css`
    .frame {
      min-width: 0;
      overflow: hidden;
      color: var(--ink);
    }

    svg {
      display: block;
      max-width: 100%;
      height: auto;
    }

    svg text {
      white-space: pre;
    }

    .failed {
      color: var(--bad);
      font-size: var(--text-small);
    }
  `,
  unsafeCSS(darkRules),
];
