/** `npm run bench`: the benchmarks, with the packages they need. Parameters after `--` go to bench/run.mjs, which sees to a browser. */

import { join } from 'node:path';
import { installPackages, main, ROOT, run } from './setup.mjs';

await main(async () => {
  installPackages();
  return run(join(ROOT, 'bench', 'run.mjs'), process.argv.slice(2));
});
