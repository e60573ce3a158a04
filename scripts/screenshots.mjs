/** `npm run screenshots -- FOLDER`: pictures of every view, at a desk, on a tablet and on a phone, light and dark; `-- --docs`: those of the README. */

import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { installPackages, main, ROOT, run } from './setup.mjs';

await main(async () => {
  installPackages();
  await ensureBrowser();
  return run(join(ROOT, 'test', 'e2e', 'takeScreenshots.mjs'), process.argv.slice(2));
});
