/** Drawn, for not every font has the signs; the buttons that hold them have names. */

import { svg } from 'lit';

const icon = (paths: unknown) => svg`
  <svg class="drawn" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${paths}</svg>
`;

export const copyIcon = icon(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"></rect><path d="M10.5 3.5v-.5a1.5 1.5 0 0 0-1.5-1.5H3A1.5 1.5 0 0 0 1.5 3v6A1.5 1.5 0 0 0 3 10.5h.5"></path>`,
);

export const crossIcon = icon(svg`<path d="M4 4l8 8M12 4l-8 8"></path>`);
