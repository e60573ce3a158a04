/** `<lab-header>`: the lab's name, its views, what is under way, what does the computing, and the lab's own switches. */

import { html, nothing } from 'lit';
import type { Lab } from '../../lab.ts';
import { shared } from '../../parts/shared.styles.ts';
import { THEMES, type Theme, theme } from '../../parts/theme.ts';
import { hrefOf, VIEWS } from '../router.ts';
import { ShellElement } from '../shellElement.ts';
import { VIEW_FACTS } from '../views.ts';
import { adapterBadge } from './adapterBadge.ts';
import { badgeStyles } from './badge.styles.ts';
import { STORAGE_ICON, THEME_ICONS } from './icons.ts';
import { styles } from './panel.styles.ts';

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  auto: 'as the system',
  light: 'light',
  dark: 'dark',
};

/** Events: `help` and `storage`, when a person asks for them. */
export class HeaderPanel extends ShellElement {
  static override styles = [shared, styles, badgeStyles];

  protected override draw(lab: Lab): unknown {
    const { app, router } = lab;
    const { view } = router.place.value;
    return html`
      <header>
        <a class="name" href=${hrefOf('tour')} aria-label="M³ Lab: to the tour">M<sup>3</sup> Lab</a>
        <nav aria-label="Views">
          ${VIEWS.map(
            (name) => html`
              <a href=${hrefOf(name)} aria-current=${name === view ? 'page' : nothing}>${VIEW_FACTS[name].title}</a>
            `,
          )}
        </nav>
        <div class="state">${this.underWay(lab)} ${adapterBadge(app)}</div>
        <div class="switches">${this.themeSwitch()} ${this.button('Storage', 'storage', STORAGE_ICON)}
          ${this.button('Help', 'help', html`<span aria-hidden="true">?</span>`)}</div>
      </header>
    `;
  }

  private underWay({ app }: Lab): unknown {
    const underWay = app.underWay.value;
    if (!underWay) return nothing;
    return html`<a class="under-way" href=${underWay.href}><span class="pulse" aria-hidden="true"></span>${underWay.words}</a>`;
  }

  private themeSwitch(): unknown {
    const chosen = theme.value;
    const next = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? 'auto';
    const words = `Colours: ${THEME_WORDS[chosen]}. Change to ${THEME_WORDS[next]}`;
    return html`
      <button type="button" aria-label=${words} title=${words} @click=${() => {
        theme.value = next;
      }}>${THEME_ICONS[chosen]}</button>
    `;
  }

  private button(name: string, event: string, sign: unknown): unknown {
    return html`
      <button type="button" aria-label=${name} title=${name} @click=${() => this.dispatchEvent(new Event(event))}>${sign}</button>
    `;
  }
}
