import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawnFolders, localLinks } from './documents.ts';
import { importedFiles } from './guard.ts';
import { filesUnder, ROOT, readRooms, readText } from './tree.ts';

/** Folders that git ignores or keeps for itself; the same that `.gitignore` names. */
const NOT_OURS = new Set(['.git', 'node_modules', 'dist', '.cache', 'coverage', 'out', 'runs']);
/** Top-level folders, and the rooms in `src`: those that hold a file, since git keeps no empty ones. */
function foldersWithFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_OURS.has(entry.name))
    .map((entry) => posix.join(folder, entry.name))
    .filter((path) => filesUnder(path).length > 0);
}

const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const LEFT_OVER =
  /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo)\b|\.skip\(|\b(?:xit|fit|xdescribe|fdescribe)\(/;

describe('the tree in the README', () => {
  const drawn = drawnFolders(readText('README.md'));

  it('is read as paths', () => {
    const text =
      'words/ before\n```sh\nls src/\nlost/\n```\nwords/ between\n```text\nsrc/      rooms\n  gpu/    devices\n    kernels/\ntest/\nstart.mjs\n```\n';
    expect(drawnFolders(text)).toEqual(['src', 'src/gpu', 'src/gpu/kernels', 'test']);
  });

  it('draws only folders that exist', () => {
    expect(drawn).not.toEqual([]);
    expect(drawn.filter((folder) => filesUnder(folder).length === 0)).toEqual([]);
  });

  it('draws every folder at the top and every room', () => {
    const real = [...foldersWithFiles('.'), ...foldersWithFiles('src')];
    expect(real.filter((folder) => !drawn.includes(folder))).toEqual([]);
  });
});

describe('our pages', () => {
  const pages = ['README.md', 'CHANGELOG.md', ...filesUnder('docs').filter((path) => path.endsWith('.md'))];

  it('have links that can be told from others', () => {
    const text = '![a](docs/a.png) [b](https://b.org/x) [c](#part) [d](../d.md#part)';
    expect(localLinks(text)).toEqual(['docs/a.png', '../d.md']);
  });

  it('link only to files that exist', () => {
    const broken = pages.flatMap((page) => {
      return localLinks(readText(page))
        .map((target) => posix.join(posix.dirname(page), target))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${page} → ${target}`);
    });
    expect(broken).toEqual([]);
  });
});

describe('the shaders', () => {
  it('are all used', () => {
    const files = readRooms();
    const imported = importedFiles(files);
    const shaders = [...files.keys()].filter((path) => path.endsWith('.wgsl'));
    expect(shaders).not.toEqual([]);
    expect(shaders.filter((path) => !imported.has(path))).toEqual([]);
  });

  it('would be found unused', () => {
    const files = new Map([
      ['src/gpu/a.ts', `import used from '../../shaders/used.wgsl?raw';`],
      ['shaders/used.wgsl', ''],
      ['shaders/lost.wgsl', ''],
    ]);
    expect([...importedFiles(files)]).toEqual(['shaders/used.wgsl']);
  });
});

describe('the packages', () => {
  const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(readText('package.json'));
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];

  it('are pinned to one version each', () => {
    const pins = groups.flatMap((group) => Object.entries(manifest[group] ?? {}));
    expect(pins.length).toBeGreaterThan(0);
    expect(pins.filter(([, version]) => !EXACT_VERSION.test(version))).toEqual([]);
  });

  it('are those of the lock file', () => {
    const lock = JSON.parse(readText('package-lock.json')).packages[''];
    for (const group of groups) expect(lock[group], group).toEqual(manifest[group]);
  });

  it('are all in the lock file, with the builds for other systems', () => {
    // A lock made where the registry withholds a build leaves it out in silence, and then `npm ci` refuses the lock.
    type Locked = { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> };
    const packages: Record<string, Locked> = JSON.parse(readText('package-lock.json')).packages;
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) => {
      const parents = path.split('/node_modules/').map((_, index, parts) => {
        return `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/`;
      });
      const places = [...(path === '' ? [] : parents), 'node_modules/'];
      return Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !places.some((place) => packages[`${place}${name}`]))
        .map((name) => `${path || 'the project'} needs ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it.each(['^1.2.3', '~1.2.3', '1.2', '*', 'latest', '>=1.2.3'])('would not be taken at %s', (range) => {
    expect(range).not.toMatch(EXACT_VERSION);
  });
});

describe('the tests', () => {
  it('leave none out and run none alone', () => {
    // Tests that need what this machine may lack say so by skipIf or runIf, with the condition in sight.
    const found = filesUnder('test')
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => LEFT_OVER.test(readText(path)));
    expect(found).toEqual([]);
  });

  // Put together here, or this file would be found itself.
  it.each([
    ['it', 'only'],
    ['describe', 'skip'],
    ['test', 'concurrent', 'only'],
    ['it', 'todo'],
    ['context', 'skip()'],
  ])('would be found: %s.%s', (...words) => {
    expect(words.join('.')).toMatch(LEFT_OVER);
  });

  it('may depend on the machine in plain sight', () => {
    expect('describe.skipIf(data === undefined)').not.toMatch(LEFT_OVER);
  });
});
