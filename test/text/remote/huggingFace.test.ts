import { beforeEach, describe, expect, test } from 'vitest';
import { describeRemote } from '../../../src/text/remote/describeRemote.ts';
import { RemoteError } from '../../../src/text/remote/errors.ts';
import { HUGGING_FACE, isHubHost } from '../../../src/text/remote/huggingFace.ts';
import { openRemote } from '../../../src/text/remote/openRemote.ts';
import { parquet, remoteSpec, texts, textsOf, utf8 } from './fixtures.ts';
import { IMPATIENT, type Quirks, useServer } from './server.ts';

const server = useServer();

const PARTS = [texts(60, 1000, 1), texts(60, 1000, 2), texts(60, 1000, 3)];
const VIEWER = '/viewer/parquet?dataset=o%2Fd&config=20231101.sw';
const HUB = '/hub/api/datasets/o/d/parquet';

let urls: string[] = [];
beforeEach(() => {
  urls = PARTS.map((part, i) => server().serve(`/hub/files/000${i}.parquet`, parquet(part, 30)));
});

const options = () => ({
  fetch,
  cache: null,
  patience: IMPATIENT,
  hub: { hub: `${server().base}/hub`, viewer: `${server().base}/viewer` },
});

const open = (text: string) => openRemote(remoteSpec(text), options());

function serveViewer(quirks?: Quirks): void {
  const files = urls.map((url, i) => ({
    dataset: 'o/d',
    config: '20231101.sw',
    split: 'train',
    url,
    filename: `000${i}.parquet`,
    size: parquet(PARTS[i] ?? [], 30).length,
  }));
  const test = { dataset: 'o/d', config: '20231101.sw', split: 'test', url: urls[0], filename: 'x', size: 1 };
  server().serve(
    VIEWER,
    { parquet_files: [test, ...files], pending: [], failed: [], partial: false },
    quirks,
  );
}

function serveHub(quirks?: Quirks): void {
  server().serve(HUB, { '20231101.sw': { train: urls, test: urls.slice(0, 1) }, '20231101.yo': {} }, quirks);
}

const paths = () => server().asked.map(({ path }) => path);

async function failure(work: Promise<unknown>): Promise<RemoteError> {
  const error = await work.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

describe('a dataset of the hub', () => {
  test('is read file after file, no further than is wanted', async () => {
    serveViewer();
    const { documents, name } = await open('hf:o/d/20231101.sw#text&bytes=70000');
    const found = await textsOf(documents);
    expect(found).toEqual(PARTS.flat().slice(0, found.length));
    expect(found.reduce((sum, text) => sum + utf8(text), 0)).toBeGreaterThanOrEqual(70_000);
    expect(name).toBe('o/d/20231101.sw');
    // The first file gives some 60 kB; the third is never asked for, and the hub itself not either.
    expect(new Set(paths())).toEqual(new Set([VIEWER, '/hub/files/0000.parquet', '/hub/files/0001.parquet']));
  });

  test.each([
    ['is not ready', { first: [{ status: 500, body: '{"error": "not ready"}' }] }],
    ['does not know it', { first: [{ status: 404 }] }],
    ['answers with a page', { first: [{ status: 200, body: '<html>' }] }],
    ['answers with something else', { first: [{ status: 200, body: '{"rows": []}' }] }],
  ] satisfies [string, Quirks][])('is found by the hub where the viewer %s', async (_, quirks) => {
    serveViewer(quirks);
    serveHub();
    expect(await textsOf((await open('hf:o/d/20231101.sw#text')).documents)).toEqual(PARTS.flat());
    expect(paths().slice(0, 2)).toEqual([VIEWER, HUB]);
  });

  test('is told by its card and its files', async () => {
    serveViewer();
    server().serve('/hub/api/datasets/o/d', { id: 'o/d', cardData: { license: ['cc-by-sa-3.0', 'gfdl'] } });
    const told = await describeRemote(remoteSpec('hf:o/d/20231101.sw#text&bytes=10000'), options());
    const sizes = PARTS.map((part) => parquet(part, 30).length);
    expect(told.files.map(({ name, size }) => ({ name, size }))).toEqual(
      sizes.map((size, i) => ({ name: `o/d/20231101.sw/train/000${i}.parquet`, size })),
    );
    expect(told.bytesOnServer).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(told.licence).toBe('cc-by-sa-3.0, gfdl');
  });

  test('of which only the addresses are known has no size, and one without a card no licence', async () => {
    serveHub();
    const told = await describeRemote(remoteSpec('hf:o/d/20231101.sw#text'), options());
    expect(told).toMatchObject({ bytesOnServer: null, licence: null });
    expect(told.files.map(({ size }) => size)).toEqual([parquet(PARTS[0] ?? [], 30).length, null, null]);
  });
});

describe('what the hub does not have', () => {
  test('a config is said, with those that it has', async () => {
    serveHub();
    const error = await failure(open('hf:o/d/20231101.xx#text'));
    expect(error.problem).toBe('unknown config');
    expect(error.message).toContain('o/d has no config 20231101.xx; it has 20231101.sw, 20231101.yo');
  });

  test('a split is said, with those that it has', async () => {
    serveViewer();
    serveHub();
    const error = await failure(open('hf:o/d/20231101.sw/dev#text'));
    expect(error.problem).toBe('unknown split');
    expect(error.message).toContain('o/d/20231101.sw has no split dev; it has train, test');
  });

  test('a dataset is said', async () => {
    const error = await failure(open('hf:o/unknown/x#text'));
    expect(error).toMatchObject({ problem: 'unknown dataset', status: 404 });
    expect(error.message).toContain('shows no dataset o/unknown without a login: check the name');
  });

  test('a dataset behind a login is said, with what to do', async () => {
    serveHub({ first: [{ status: 401, body: '{"error": "Invalid username or password."}' }] });
    const error = await failure(open('hf:o/d/20231101.sw#text'));
    expect(error).toMatchObject({ problem: 'login', status: 401 });
    expect(error.message).toContain('download its files with your own account and open them as files');
  });

  test('a dataset of which only the files are behind a login is said when they are asked for', async () => {
    serveViewer();
    server().serve('/hub/files/0000.parquet', 'x', {
      first: [{ status: 403, body: '{"error": "Access to dataset o/d is restricted."}' }],
    });
    const error = await failure(textsOf((await open('hf:o/d/20231101.sw#text')).documents));
    expect(error).toMatchObject({ problem: 'login', status: 403 });
    expect(error.message).toContain('(it says: Access to dataset o/d is restricted.)');
  });

  test('files on a host that has nothing to do with it are not asked for', async () => {
    urls = ['https://elsewhere.example/0000.parquet'];
    serveViewer();
    const error = await failure(open('hf:o/d/20231101.sw#text'));
    expect(error).toMatchObject({ problem: 'redirected', url: urls[0] });
  });
});

test.each([
  ['huggingface.co', true],
  ['cdn-lfs.huggingface.co', true],
  ['cas-bridge.xethub.hf.co', true],
  ['hf.co', true],
  ['nothf.co', false],
  ['huggingface.co.example', false],
  ['huggingface.co:8443', false],
  ['example.org', false],
])('%s is a host of the hub: %s', (host, isOne) => {
  expect(isHubHost(host, HUGGING_FACE)).toBe(isOne);
});
