/** The lab in the browser that all end-to-end tests share. */

import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { gatherComplaints } from './labInBrowser.mjs';
import { routeShippedRuns } from './shippedRuns.ts';

export type View = 'tour' | 'train' | 'sweep' | 'fit' | 'map' | 'play';

const TITLES: Readonly<Record<View, string>> = {
  tour: 'Tour',
  train: 'Train',
  sweep: 'Sweep',
  fit: 'Fit',
  map: 'Map',
  play: 'Play',
};

export type Visit = {
  /** Where to: a view, with a query of its own where there is one: `map?C=1e12`. The address without any view unless it is said. */
  readonly at?: string;
  /** A context that is open already: the same storage, as in another tab. A new one, like a fresh profile, unless it is given. */
  readonly context?: BrowserContext;
  readonly options?: BrowserContextOptions;
  /** Whether kernels are measured; the fixed table unless that is what is tested. */
  readonly tuning?: 'auto' | 'off';
  /** What ships: runs that a law made, none, or what the build holds. */
  readonly shipped?: 'made' | 'none' | 'built';
  /** Whether errors on the console are part of the test. */
  readonly mayComplain?: boolean;
  /** Other servers that the test itself has the page ask. */
  readonly others?: readonly string[];
};

/** Desk; what other sizes show is tested by itself. */
const DESK = { width: 1440, height: 900 };
/** For what takes a moment where nothing else is to be done. */
const PATIENCE_MS = 60_000;

export class LabInBrowser {
  readonly address = inject('labAddress');
  #browser: Browser | undefined;
  /** Of pages that may not complain: what they said. */
  #complaints: string[][] = [];
  /** Of the test that runs. */
  #contexts: BrowserContext[] = [];

  get browser(): Browser {
    if (!this.#browser) throw new Error('the browser is connected to before the first test');
    return this.#browser;
  }

  async connect(): Promise<void> {
    this.#browser = await chromium.connect(inject('browserAddress'));
  }

  /** Opens a tab, and the lab in it. */
  async visit(visit: Visit = {}): Promise<Page> {
    const { at = '', tuning = 'off', mayComplain = false, others = [] } = visit;
    const context = visit.context ?? (await this.context(visit));
    const page = await context.newPage();
    if (!mayComplain) this.#complaints.push(gatherComplaints(page, [this.address, ...others]));
    await page.goto(`${this.address}${tuning === 'off' ? '?tuning=off' : ''}${at === '' ? '' : `#/${at}`}`);
    return page;
  }

  /** A profile of its own, closed when the file's tests are over. */
  async context({ options, shipped = 'made' }: Visit = {}): Promise<BrowserContext> {
    const context = await this.browser.newContext({ viewport: DESK, ...options });
    if (shipped !== 'built') await routeShippedRuns(context, shipped);
    context.setDefaultTimeout(PATIENCE_MS);
    this.#contexts.push(context);
    return context;
  }

  /** What pages have said since this was last asked. */
  takeComplaints(): string[] {
    return this.#complaints.flatMap((said) => said.splice(0));
  }

  async close(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
    await this.#browser?.close();
  }
}

/** Connects for a file's tests. After each of them no page may have complained, nor asked another host for anything. */
export function useLab(): LabInBrowser {
  const lab = new LabInBrowser();
  beforeAll(() => lab.connect());
  afterEach(() => {
    expect(lab.takeComplaints(), 'errors on the console, and requests to other hosts').toEqual([]);
  });
  afterAll(() => lab.close());
  return lab;
}

/** Goes to a view by the navigation, and waits until it is there. */
export async function goTo(page: Page, view: View): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: TITLES[view] }).click();
  await untilShown(page, view);
}

/** Until the view has been loaded and stands under its heading. */
export async function untilShown(page: Page, view: View): Promise<void> {
  await page.getByRole('heading', { level: 1, name: TITLES[view], exact: true }).waitFor();
  await page.getByText(`Loading ${TITLES[view]}`).waitFor({ state: 'hidden' });
}

/** Until the worker has answered. */
export async function untilOpen(page: Page): Promise<void> {
  await page
    .getByText(/Software adapter/)
    .first()
    .waitFor();
}
