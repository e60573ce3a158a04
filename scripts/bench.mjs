/** `npm run bench`: the benchmarks, with what they need. Parameters after `--` go to bench/run.mjs. */

import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { installPackages, main, ROOT, run } from './setup.mjs';

await main(async () => {
  installPackages();
  await ensureBrowser();
  return run(join(ROOT, 'bench', 'run.mjs'), process.argv.slice(2));
});
