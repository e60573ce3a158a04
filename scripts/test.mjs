/**
 * `npm test`: installs what is missing, a browser too, and runs everything: types, lint, the build, unit tests, the
 * GPU's numerics on a software adapter, and the real page in a real browser. Parameters after `--` go to vitest.
 * The last line says how many tests passed and failed.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { runChecks } from './check.mjs';
import { installPackages, main, packageBin, ROOT, run, say, useSoftwareAdapter } from './setup.mjs';

/**
 * @typedef {{status: string, assertionResults: unknown[]}} FileResult
 * @typedef {{numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: FileResult[]}} Report
 */

/**
 * Runs vitest and counts by its own report. A file that could not even be loaded holds no tests, so it counts as one
 * failure, as does an end in failure that the report knows nothing of.
 * @param {readonly string[]} parameters
 */
async function runTests(parameters) {
  const folder = mkdtempSync(join(tmpdir(), 'm3lab-test-'));
  const reportPath = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
    const code = await run(packageBin('vitest'), ['run', ...reporters, ...parameters]);
    if (!existsSync(reportPath)) return { passed: 0, failed: 1, skipped: 0 };
    /** @type {Report} */
    const report = JSON.parse(readFileSync(reportPath, 'utf8'));
    const notLoaded = report.testResults.filter((file) => {
      return file.status === 'failed' && file.assertionResults.length === 0;
    });
    const failed = report.numFailedTests + notLoaded.length;
    return {
      passed: report.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: report.numPendingTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the page and the command line, for the tests that use them as a person does; the names of what failed. */
async function buildAll() {
  const failed = [];
  say('\n— build');
  if ((await run(packageBin('vite'), ['build', '--logLevel', 'warn'])) === 0) {
    // So that the end-to-end tests do not build it again.
    process.env.M3LAB_PAGE = join(ROOT, 'dist', 'page');
  } else failed.push('build of the page');
  // The command line builds itself where it is missing or stale.
  if ((await run(join(ROOT, 'bin', 'm3lab.mjs'), ['--version'])) !== 0)
    failed.push('build of the command line');
  return failed;
}

/** Everything in its order. @returns {Promise<{passed: number, failed: number}>} */
async function testAll() {
  installPackages();
  const browser = await ensureBrowser();
  useSoftwareAdapter();
  say(`Browser: ${browser}`);
  if (process.env.VK_ICD_FILENAMES) say(`Software adapter: ${process.env.VK_ICD_FILENAMES}`);
  const failedChecks = [...(await runChecks()), ...(await buildAll())];
  say('\n— tests');
  const { passed, failed, skipped } = await runTests(process.argv.slice(2));
  if (skipped > 0) say(`Skipped: ${skipped} tests (the words above say what they need).`);
  if (failedChecks.length > 0) say(`Failed besides the tests: ${failedChecks.join(', ')}.`);
  // Each check that failed counts as one failure, so that the last line alone tells good from bad.
  return { passed, failed: failed + failedChecks.length };
}

await main(async () => {
  let counts = { passed: 0, failed: 1 };
  try {
    counts = await testAll();
  } finally {
    // After words of a set-up that failed, too: whoever reads the last line must find one.
    process.once('exit', () => process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`));
  }
  return counts.failed === 0 ? 0 : 1;
});
