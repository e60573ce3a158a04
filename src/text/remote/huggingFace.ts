/**
 * What a dataset of the Hugging Face hub consists of: its parquet files, in order, and its licence. Two services know the
 * files: the dataset viewer, which also says their sizes, and the hub itself. Both are described at
 * https://huggingface.co/docs/dataset-viewer/parquet.
 */

import type { HubSpec } from '../../formats/corpusSpec.ts';
import type { HttpClient } from './client.ts';
import { RemoteError } from './errors.ts';

/** Where the two services are asked; without a slash at the end. */
export type HubAddresses = { readonly hub: string; readonly viewer: string };

export const HUGGING_FACE: HubAddresses = {
  hub: 'https://huggingface.co',
  viewer: 'https://datasets-server.huggingface.co',
};

export type RemoteFile = {
  readonly url: string;
  /** Said in errors and records; its ending tells the format. */
  readonly name: string;
  /** Bytes; null where it is not known yet. */
  readonly size: number | null;
};

/** The hosts to which the hub sends those who fetch a file: itself, and its stores. */
export function isHubHost(host: string, { hub, viewer }: HubAddresses): boolean {
  if (/^([\w-]+\.)*(huggingface\.co|hf\.co)$/.test(host)) return true;
  return [hub, viewer].some((address) => new URL(address).host === host);
}

/** The parquet files of a split, in order. Throws {@link RemoteError}: what is not there, and what is there instead. */
export async function hubFiles(
  spec: HubSpec,
  client: HttpClient,
  addresses: HubAddresses,
  signal: AbortSignal | undefined,
): Promise<readonly RemoteFile[]> {
  const viewed = await viewedFiles(spec, client, addresses, signal).catch((error: unknown) => {
    // Of the two the hub knows better what is wrong, so it is asked in any case.
    if (error instanceof RemoteError) return null;
    throw error;
  });
  const files = viewed ?? (await listedFiles(spec, client, addresses, signal));
  for (const { url } of files) {
    if (isHubHost(new URL(url).host, addresses)) continue;
    const words = `the hub names a file of ${spec.dataset} on another host, which is not asked; download it and open it as a file`;
    throw new RemoteError(url, 'redirected', words);
  }
  return files;
}

/** The licence that the dataset's card names, e.g. `cc-by-sa-3.0, gfdl`; null where it names none, or cannot be asked. */
export async function hubLicence(
  spec: HubSpec,
  client: HttpClient,
  { hub }: HubAddresses,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    const about = await client.json(`${hub}/api/datasets/${spec.dataset}`, signal);
    const licence = field(field(about, 'cardData'), 'license');
    const names = [licence].flat().filter((name) => typeof name === 'string' && name !== '');
    return names.length > 0 ? names.join(', ') : null;
  } catch (error) {
    if (error instanceof RemoteError) return null;
    throw error;
  }
}

/** By the dataset viewer; null where it knows the config but not the split. */
async function viewedFiles(
  { dataset, config, split }: HubSpec,
  client: HttpClient,
  { viewer }: HubAddresses,
  signal: AbortSignal | undefined,
): Promise<RemoteFile[] | null> {
  const query = new URLSearchParams({ dataset, config });
  const url = `${viewer}/parquet?${query}`;
  // Once: it may say for minutes that it is not ready, and the hub can be asked instead.
  const listed = field(await client.json(url, signal, 1), 'parquet_files');
  if (!Array.isArray(listed)) throw notAList(url);
  const files = listed
    .filter((file) => field(file, 'config') === config && field(file, 'split') === split)
    .map((file): RemoteFile => {
      const address = checkedUrl(field(file, 'url'), url);
      const size = field(file, 'size');
      return {
        url: address,
        name: nameOf(address, dataset, config, split),
        size: typeof size === 'number' && Number.isSafeInteger(size) ? size : null,
      };
    });
  return files.length > 0 ? files : null;
}

/** By the hub: all configs with all splits, so that an error can say which there are. */
async function listedFiles(
  { dataset, config, split }: HubSpec,
  client: HttpClient,
  { hub }: HubAddresses,
  signal: AbortSignal | undefined,
): Promise<RemoteFile[]> {
  const url = `${hub}/api/datasets/${dataset}/parquet`;
  const configs = await client.json(url, signal).catch((error: unknown) => {
    throw isUnknown(error) ? unknownDataset(dataset, hub, error) : error;
  });
  const splits = field(configs, config);
  if (splits === undefined) {
    const there = `it has ${someOf(configs)}; write hf:${dataset}/CONFIG#COLUMN`;
    throw new RemoteError(url, 'unknown config', `${dataset} has no config ${config}; ${there}`);
  }
  const addresses = field(splits, split);
  if (addresses === undefined) {
    const there = `it has ${someOf(splits)}; write hf:${dataset}/${config}/SPLIT#COLUMN`;
    throw new RemoteError(url, 'unknown split', `${dataset}/${config} has no split ${split}; ${there}`);
  }
  if (!Array.isArray(addresses) || addresses.length === 0) throw notAList(url);
  return addresses.map((address): RemoteFile => {
    const checked = checkedUrl(address, url);
    return { url: checked, name: nameOf(checked, dataset, config, split), size: null };
  });
}

/** Names shown of what is there, at most. */
const SHOWN_NAMES = 12;

function someOf(record: unknown): string {
  const names = typeof record === 'object' && record !== null ? Object.keys(record) : [];
  const more = names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : '';
  return names.length === 0 ? 'none' : `${names.slice(0, SHOWN_NAMES).join(', ')}${more}`;
}

/** Without a login the hub gives one answer for what is private and for what is not there. */
function isUnknown(error: unknown): error is RemoteError {
  return error instanceof RemoteError && (error.problem === 'login' || error.problem === 'missing');
}

function unknownDataset(dataset: string, hub: string, cause: RemoteError): RemoteError {
  const host = new URL(hub).host;
  const words = `${host} shows no dataset ${dataset} without a login: check the name; if it is private or gated, download its files with your own account and open them as files (the lab sends no credentials)`;
  const place = cause.status === null ? { cause } : { cause, status: cause.status };
  return new RemoteError(cause.url, cause.problem === 'login' ? 'login' : 'unknown dataset', words, place);
}

function notAList(url: string): RemoteError {
  return new RemoteError(
    url,
    'not data',
    'the server did not answer with a list of parquet files; try later',
  );
}

function checkedUrl(value: unknown, listedAt: string): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw notAList(listedAt);
  return value;
}

function nameOf(url: string, dataset: string, config: string, split: string): string {
  const file = new URL(url).pathname.split('/').at(-1) ?? '';
  return `${dataset}/${config}/${split}/${file}`;
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
