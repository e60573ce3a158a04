// How Node speaks to the benchmark's page.

/** @typedef {import('./page/main.ts').Bench} Bench */
/** @typedef {import('playwright-core').Page} Page */

/**
 * Calls a method of the page's bench; values and result travel as JSON.
 *
 * @template {keyof Bench} Name
 * @param {Page} page
 * @param {Name} name
 * @param {Parameters<Bench[Name]>} values
 * @returns {Promise<Awaited<ReturnType<Bench[Name]>>>}
 */
export function call(page, name, ...values) {
  return page.evaluate(`globalThis.bench.${name}(...${JSON.stringify(values)})`);
}

/**
 * A step that the device refused must not pass as a fast one.
 *
 * @param {Page} page
 */
export async function refuseGpuErrors(page) {
  const errors = await call(page, 'errors');
  if (errors.length > 0) throw new Error(`${errors.length} GPU errors, the first: ${errors[0]}`);
}
