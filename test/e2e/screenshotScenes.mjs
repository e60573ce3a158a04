/** What the pictures of the page show: each scene opens a profile of its own, brings the page to a state that matters, and has it taken. */

/** @typedef {import('playwright-core').Page} Page */
/**
 * Takes the page as it stands, under a name; `readme`: the height in CSS pixels, and where it begins, of the picture that the README shows.
 * @typedef {(page: Page, name: string, options?: {window?: boolean, readme?: {top: number, height: number}}) => Promise<void>} Shoot
 */
/**
 * `visit` opens a view, named as in the address, in a fresh profile. `forReadme`: only what the README shows is wanted.
 * @typedef {{visit: (at: string, options?: {webgpu?: boolean}) => Promise<Page>, shoot: Shoot, forReadme: boolean}} Studio
 */

const TRAINING_MS = 400_000;
const SWEEP_MS = 600_000;
const FIT_MS = 180_000;
/** Of a sweep: it has curves, and open runs. */
const WELL_UNDER_WAY = /\b[2-9]\d % of/;
/** Until what has to be computed shows that it is. */
const BEGUN_MS = 2000;
/** What has been computed may ask for more. */
const QUIET_LOOKS = 3;
/** Far enough that curves have a shape and every run has written something. */
const LIVE_STEP = 150;

/** Somewhere in the first line of an answer. */
const TOKEN_IN_VIEW = 12;

/** @type {Readonly<Record<string, (studio: Studio) => Promise<void>>>} */
export const SCENES = {
  async tour({ visit, shoot, forReadme }) {
    const page = await visit('tour');
    await page.locator('tour-chart:visible svg').first().waitFor();
    if (forReadme) await goTo(page, 'tour?step=5');
    await shoot(page, 'tour', { readme: { top: 0, height: 1060 } });
  },

  async train({ visit, shoot, forReadme }) {
    const page = await visit('train');
    if (!forReadme) await shoot(page, 'train');
    await goTo(page, 'train?preset=race-small&start=1');
    if (!forReadme) {
      await page.locator('tr[data-run]').first().waitFor({ timeout: TRAINING_MS });
      await page.waitForFunction(reached, LIVE_STEP, { timeout: TRAINING_MS, polling: 500 });
      await shoot(page, 'train-live');
    }
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: TRAINING_MS });
    await shoot(page, 'train-done', { readme: { top: 0, height: 1420 } });
    await goTo(page, 'play');
    if (!forReadme) await shoot(page, 'play');
    await playAll(page);
    await shoot(page, 'play-done', { readme: { top: 560, height: 1360 } });
    if (forReadme) return;
    await page.getByRole('option').nth(TOKEN_IN_VIEW).focus();
    await shoot(page, 'play-token', { window: true });
    await page.getByRole('button', { name: 'Storage' }).click();
    await page
      .getByText(/are used, of/)
      .first()
      .waitFor();
    await shoot(page, 'storage', { window: true });
  },

  async sweep({ visit, shoot, forReadme }) {
    const page = await visit('sweep');
    await page.getByText('Time and memory are measured on this device').waitFor({ timeout: TRAINING_MS });
    if (!forReadme) await shoot(page, 'sweep');
    const put = page.getByRole('button', { name: 'Put into the queue' });
    const queued = page.locator('sweep-queue li[data-sweep]');
    await put.click();
    await queued.nth(0).waitFor();
    await page.getByLabel('Begin with').selectOption('ratio');
    await page.locator('sweep-cost').getByText('of 14 combinations').waitFor({ timeout: TRAINING_MS });
    await put.click();
    await queued.nth(0).getByText('done', { exact: true }).waitFor({ timeout: SWEEP_MS });
    await queued.nth(1).locator('button.name').click();
    await queued.nth(1).getByText(WELL_UNDER_WAY).waitFor({ timeout: SWEEP_MS });
    await shoot(page, 'sweep-live', { readme: { top: 0, height: 1196 } });
    if (forReadme) return;
    await queued.nth(0).locator('button.name').click();
    await page.locator('sweep-detail lab-run-table').waitFor();
    await shoot(page, 'sweep-done');
  },

  async fit({ visit, shoot }) {
    const page = await visit('fit');
    await page.getByText(/All starts were looked at/).waitFor({ timeout: FIT_MS });
    await untilComputed(page);
    await shoot(page, 'fit', { readme: { top: 0, height: 1384 } });
  },

  async map({ visit, shoot }) {
    const page = await visit('map?C=1e11&D_T=8192');
    await page.locator('map-answer .kind').waitFor({ timeout: FIT_MS });
    // A map is computed first, and drawn again once it is known how sure it is.
    await page.getByText(/resamples? say how sure/).waitFor({ timeout: FIT_MS });
    await untilComputed(page);
    await shoot(page, 'map', { readme: { top: 0, height: 1146 } });
  },

  async 'no-webgpu'({ visit, shoot }) {
    const page = await visit('tour', { webgpu: false });
    await page.getByText('No GPU to train on').waitFor();
    await shoot(page, 'no-webgpu-tour', { window: true });
    await goTo(page, 'train');
    await page.getByText('What still works:').waitFor();
    await shoot(page, 'no-webgpu-train');
    await goTo(page, 'play');
    await page.getByText('Bring a model along').waitFor();
    await shoot(page, 'no-webgpu-play');
  },
};

/**
 * @param {Page} page
 * @param {string} at
 */
export async function goTo(page, at) {
  const { origin, pathname, search } = new URL(page.url());
  await page.goto(`${origin}${pathname}${search}#/${at}`);
  await untilQuiet(page);
}

/**
 * Until the view is there, and what it shows from the start.
 * @param {Page} page
 */
export async function untilQuiet(page) {
  await page
    .getByText(/^Loading /)
    .filter({ visible: true })
    .first()
    .waitFor({ state: 'hidden' });
}

/**
 * Has the models write, score a text and be checked.
 * @param {Page} page
 */
export async function playAll(page) {
  await page.getByRole('button', { name: /^Begin with .* target text/ }).click();
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('button', { name: /^Take .* target text/ }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden', timeout: TRAINING_MS });
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  await page.getByRole('button', { name: /^Check all|^Check it/ }).click();
  await page.getByText('bits per byte', { exact: true }).last().waitFor({ timeout: TRAINING_MS });
  await page.getByText('Not checked yet').first().waitFor({ state: 'hidden', timeout: TRAINING_MS });
  await page.getByText('Looking for it').first().waitFor({ state: 'hidden', timeout: TRAINING_MS });
}

/**
 * Until nothing says any more that it is being computed.
 * @param {Page} page
 */
async function untilComputed(page) {
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
    await page.waitForTimeout(BEGUN_MS);
    await page.locator('progress:visible').first().waitFor({ state: 'hidden', timeout: FIT_MS });
  }
}

/** In the page: whether a run of the fleet has got so far. @param {number} step */
function reached(step) {
  /** @param {ParentNode} root @returns {Element | null} */
  const rowIn = (root) => {
    const row = root.querySelector('tr[data-run] td[data-label="Step"]');
    if (row) return row;
    for (const element of root.querySelectorAll('*')) {
      const found = element.shadowRoot && rowIn(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  const words = rowIn(document)?.textContent ?? '';
  return Number(words.split('/')[0]?.replaceAll(/\D/g, '')) >= step;
}
