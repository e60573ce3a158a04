/** The header's signs: decoration, each beside or under a name in words. */

import { svg } from 'lit';
import type { Theme } from '../../parts/theme.ts';

function icon(shape: unknown): unknown {
  return svg`
    <svg class="icon" width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      ${shape}
    </svg>
  `;
}

export const THEME_ICONS: Readonly<Record<Theme, unknown>> = {
  auto: icon(
    svg`<circle cx="9" cy="9" r="6.2"></circle><path d="M9 2.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"></path>`,
  ),
  light: icon(
    svg`<circle cx="9" cy="9" r="3.2"></circle><path d="M9 1.6v1.6M9 14.8v1.6M1.6 9h1.6M14.8 9h1.6M3.8 3.8l1.1 1.1M13.1 13.1l1.1 1.1M3.8 14.2l1.1-1.1M13.1 4.9l1.1-1.1"></path>`,
  ),
  dark: icon(svg`<path d="M14.9 11.2A6.4 6.4 0 0 1 6.8 3.1a6.4 6.4 0 1 0 8.1 8.1z"></path>`),
};

export const STORAGE_ICON = icon(
  svg`<ellipse cx="9" cy="4.4" rx="5.6" ry="2.2"></ellipse><path d="M3.4 4.4v9.2c0 1.2 2.5 2.2 5.6 2.2s5.6-1 5.6-2.2V4.4M3.4 9c0 1.2 2.5 2.2 5.6 2.2s5.6-1 5.6-2.2"></path>`,
);
