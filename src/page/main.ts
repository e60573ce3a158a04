/** Starts the page: one state, one worker, one element. */

import { openLab } from '../worker/client.ts';
import { LabActions } from './actions.ts';
import { ChartPanel } from './chart/panel.ts';
import { keepChecking } from './checking.ts';
import { ControlPanel } from './control/panel.ts';
import { CorporaPanel } from './corpora/panel.ts';
import { takeEvent } from './events.ts';
import { HeaderPanel } from './header/panel.ts';
import { LabPanel } from './lab/panel.ts';
import { NoticesPanel } from './notices/panel.ts';
import { RecipesPanel } from './recipes/panel.ts';
import { keepReference } from './reference.ts';
import { RunsPanel } from './runs/panel.ts';
import { LabState } from './state.ts';

const state = new LabState();
const client = openLab((event) => takeEvent(state, event));
const actions = new LabActions(state, client);
keepChecking(state, client);
keepReference(state, actions);

customElements.define('lab-header', HeaderPanel);
customElements.define('lab-notices', NoticesPanel);
customElements.define('lab-corpora', CorporaPanel);
customElements.define('lab-recipes', RecipesPanel);
customElements.define('lab-control', ControlPanel);
customElements.define('lab-chart', ChartPanel);
customElements.define('lab-runs', RunsPanel);
customElements.define('m3-lab', LabPanel);
for (const element of document.querySelectorAll('m3-lab')) {
  if (element instanceof LabPanel) element.begin(state, actions);
}

document.addEventListener('visibilitychange', () => {
  const visible = document.visibilityState === 'visible';
  actions.setVisible(visible);
  if (!visible) actions.checkpoint();
});

// Some browsers tell of the one, some of the other.
window.addEventListener('pagehide', () => actions.checkpoint());

// A tab that was opened in the background hears of no change.
actions.setVisible(document.visibilityState === 'visible');
// As `m3lab train --tuning off`: the same kernels on every visit, whatever would be faster.
void actions.open(new URLSearchParams(location.search).get('tuning') === 'off' ? 'off' : 'auto');
