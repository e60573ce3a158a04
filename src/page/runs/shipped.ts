/** The measured runs that ship with the lab. Loaded when the page has painted: no first view waits for it. */

import { records, summaries } from 'virtual:shipped-runs';
import { parseShippedRuns, type ShippedRun } from '../../formats/shippedRun.ts';

/** Throws `ConfigError` where the file is not what this page expects, and what `fetch` throws. */
export async function fetchShipped(): Promise<readonly ShippedRun[]> {
  const response = await fetch(summaries);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return parseShippedRuns(await response.json(), 'the measured runs');
}

/** Address of the file with a collection's records, as a worker can fetch it; undefined where there is none. */
export function shippedFile(collection: string): string | undefined {
  const address = records[collection];
  return address === undefined ? undefined : new URL(address, document.baseURI).href;
}
