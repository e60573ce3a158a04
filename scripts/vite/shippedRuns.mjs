/**
 * Puts measured runs into the page's build: of all records one file of summaries, which the page fetches after it has painted, and the
 * files of records themselves, which are fetched when somebody asks for one. The module `virtual:shipped-runs` says where they lie.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

const MODULE = 'virtual:shipped-runs';
const RESOLVED = `\0${MODULE}`;
/** Where a server that does not build serves them. */
const SERVED = '/@shipped-runs/';
const RECORDS = /\.jsonl$/;
/** Folder beside the records with what the runs of a file were planned as, under the name of that file: `m3lab sweep collect --manifest`. */
const MANIFESTS = 'manifests';

/** @typedef {Record<string, string | number | (string | number)[]>} Tags */

/**
 * @param {object} options
 * @param {string} options.folder records a line in each .jsonl at its top; nothing where it is missing
 * @param {string} [options.more] more such files, as PATH is written; for trying out
 * @param {(text: string, place: string, collection: string, tags: Map<string, Tags>) => { readonly id: string }} options.summarise
 *   a line's run as it ships; throws where it is none
 * @returns {import('vite').Plugin}
 */
export function shippedRuns({ folder, more = '', summarise }) {
  /** @type {string[]} */
  let emitted = [];
  let isServed = false;
  const files = () => apart([...recordFiles(folder), ...more.split(delimiter).filter(Boolean)]);
  const summaries = () =>
    JSON.stringify({ version: 1, runs: onceEach(files().flatMap((file) => runsOf(file, summarise))) });
  return {
    name: 'm3lab:shipped-runs',
    configResolved({ command }) {
      isServed = command === 'serve';
    },
    buildStart() {
      emitted = [];
      if (isServed) return;
      emitted.push(this.emitFile({ type: 'asset', name: 'measured-runs.json', source: summaries() }));
      for (const file of files()) {
        this.addWatchFile(file);
        emitted.push(this.emitFile({ type: 'asset', name: basename(file), source: readFileSync(file) }));
      }
    },
    resolveId(id) {
      return id === MODULE ? RESOLVED : undefined;
    },
    load(id) {
      if (id !== RESOLVED) return undefined;
      const [summariesAt, ...recordsAt] =
        emitted.length > 0
          ? emitted.map((reference) => `import.meta.ROLLUP_FILE_URL_${reference}`)
          : ['measured-runs.json', ...files().map((file) => basename(file))].map((name) =>
              JSON.stringify(`${SERVED}${name}`),
            );
      const places = files().map(
        (file, index) => `${JSON.stringify(collectionOf(file))}: ${recordsAt[index]}`,
      );
      return `export const summaries = ${summariesAt};\nexport const records = {${places.join(', ')}};\n`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith(SERVED)) return next();
        const name = request.url.slice(SERVED.length);
        const file = files().find((path) => basename(path) === name);
        if (name === 'measured-runs.json') response.end(summaries());
        else if (file) response.end(readFileSync(file));
        else next();
      });
    },
  };
}

/** @param {string} folder */
function recordFiles(folder) {
  try {
    return readdirSync(folder)
      .filter((name) => RECORDS.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Files whose runs can be told apart by their names.
 * @param {string[]} files
 */
function apart(files) {
  const names = files.map(collectionOf);
  const twice = files.filter((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice.length > 0)
    throw new Error(`${twice.join(', ')}: another file of runs has this name; rename one of them`);
  return files;
}

/**
 * A run that two files hold is one, that of the first.
 * @template {{ readonly id: string }} Run
 * @param {Run[]} runs
 */
function onceEach(runs) {
  const first = new Map(runs.toReversed().map((run) => [run.id, run]));
  return runs.filter((run) => first.get(run.id) === run);
}

/** @param {string} file */
function collectionOf(file) {
  return basename(file).replace(RECORDS, '');
}

/**
 * @param {string} file
 * @param {Parameters<typeof shippedRuns>[0]['summarise']} summarise
 */
function runsOf(file, summarise) {
  const tags = tagsOf(file);
  return linesOf(file).map(([line, place]) => summarise(line, place, collectionOf(file), tags));
}

/**
 * What the manifest of a file says of its runs, by their ids.
 * @param {string} file
 */
function tagsOf(file) {
  const manifest = join(dirname(file), MANIFESTS, basename(file));
  /** @type {Map<string, Tags>} */
  const tags = new Map();
  try {
    for (const [line] of linesOf(manifest)) {
      const run = JSON.parse(line);
      tags.set(run.id, run.tags);
    }
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
  return tags;
}

/**
 * Lines that say something, each with its place.
 * @param {string} file
 * @returns {[string, string][]}
 */
function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line, index) => /** @type {[string, string]} */ ([line, `${file}:${index + 1}`]))
    .filter(([line]) => line.trim() !== '');
}
