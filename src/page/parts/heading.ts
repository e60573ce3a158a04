/** A heading of the level that its place asks for: parts stand in views at different depths. */

import { html } from 'lit';

export type HeadingLevel = 2 | 3 | 4;

export function heading(level: HeadingLevel, words: unknown, id = ''): unknown {
  if (level === 2) return html`<h2 id=${id || 'heading'}>${words}</h2>`;
  if (level === 4) return html`<h4 id=${id || 'heading'}>${words}</h4>`;
  return html`<h3 id=${id || 'heading'}>${words}</h3>`;
}
