/** Starts the page: one lab, its workers, the shell's elements. Everything else is loaded when it is first shown. */

import { startTheme } from './parts/theme.ts';
import { HeaderPanel } from './shell/header/panel.ts';
import { NoticesPanel } from './shell/notices/panel.ts';
import { openPage } from './shell/openPage.ts';
import { ShellPanel } from './shell/panel.ts';
import { ViewPanel } from './shell/view/panel.ts';

startTheme();
customElements.define('lab-header', HeaderPanel);
customElements.define('lab-notices', NoticesPanel);
customElements.define('lab-view', ViewPanel);
customElements.define('m3-lab', ShellPanel);

const lab = openPage();
for (const element of document.querySelectorAll('m3-lab')) {
  if (element instanceof ShellPanel) element.begin(lab);
}
void lab.open();
// What ships with the lab is fetched when the page stands: nothing of the first paint needs it.
requestAnimationFrame(() => setTimeout(() => void lab.library.load()));
