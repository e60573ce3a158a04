/** `npm run check`: types, lint and format, and the tests of the house (arrows between rooms and the like). */

import { installPackages, main, packageBin, run, say } from './setup.mjs';

/**
 * The checks that need no browser and no GPU: name, package, its command, parameters.
 * @type {readonly {name: string, from: string, command: string, parameters: readonly string[]}[]}
 */
const CHECKS = [
  { name: 'types', from: 'typescript', command: 'tsc', parameters: ['--noEmit'] },
  { name: 'lint', from: '@biomejs/biome', command: 'biome', parameters: ['check'] },
];

/** Types and lint, the second even when the first fails. @returns {Promise<string[]>} the names of those that failed */
export async function runChecks() {
  const failed = [];
  for (const { name, from, command, parameters } of CHECKS) {
    say(`\n— ${name}`);
    if ((await run(packageBin(from, command), parameters)) !== 0) failed.push(name);
  }
  return failed;
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await main(async () => {
    installPackages();
    const failed = await runChecks();
    say('\n— house');
    const house = ['run', '--project', 'unit', 'test/house'];
    if ((await run(packageBin('vitest'), house)) !== 0) failed.push('house');
    say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
    return failed.length === 0 ? 0 : 1;
  });
}
