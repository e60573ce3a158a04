/**
 * Light or dark: as the system says, unless a person has chosen. The palette is the custom properties of page.css, whose dark half stands
 * in a media rule; a choice turns that rule on or off, so that every colour is written once.
 */

import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = 'm3lab:theme';
const DARK_RULE = /prefers-color-scheme:\s*dark/;
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** What a person has chosen. */
export const theme: Signal<Theme> = signal(remembered());
const systemDark = signal(system.matches);
/** Whether the page is dark: for what draws with colours of its own, on a canvas or in a file. */
export const dark: ReadonlySignal<boolean> = computed(() =>
  theme.value === 'auto' ? systemDark.value : theme.value === 'dark',
);

/** Keeps the page as `theme` says. Called once, before anything is drawn. */
export function startTheme(): void {
  system.addEventListener('change', () => {
    systemDark.value = system.matches;
  });
  const rules = [...document.styleSheets]
    .flatMap(rulesOf)
    .filter(
      (rule): rule is CSSMediaRule => rule instanceof CSSMediaRule && DARK_RULE.test(rule.conditionText),
    );
  const whenSystem = rules.map((rule) => rule.media.mediaText);
  effect(() => {
    const chosen = theme.value;
    // Native controls and scroll bars go by it.
    if (chosen === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    for (const [index, rule] of rules.entries())
      rule.media.mediaText =
        chosen === 'auto' ? (whenSystem[index] ?? '') : chosen === 'dark' ? 'all' : 'not all';
    remember(chosen);
  });
}

/** None of a sheet from elsewhere, which an extension of the browser may have put there. */
function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

function remembered(): Theme {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return THEMES.find((one) => one === stored) ?? 'auto';
  } catch {
    // A browser that gives no storage throws where others answer null.
    return 'auto';
  }
}

function remember(chosen: Theme): void {
  try {
    if (chosen === 'auto') localStorage.removeItem(STORED_AS);
    else localStorage.setItem(STORED_AS, chosen);
  } catch {
    // Then it holds as long as the page does.
  }
}
