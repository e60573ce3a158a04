/**
 * The one table of allowed arrows. What is not written here may not be imported.
 *
 * Values and types are held to the same arrows: a type that comes from above ties two rooms as firmly as a call
 * does. A change of this table is a change of the architecture; say it in `docs/architecture.md` as well.
 */

export type Room = {
  /** Other rooms that this one may import. */
  readonly knows: readonly string[];
  /** Packages from the registry that it may import. */
  readonly packages?: readonly string[];
  /** Node's own modules: everywhere in the room, or in the listed files alone. */
  readonly node?: true | readonly string[];
  /** No DOM, no GPU, no Node: the room must run anywhere, and its tests need nothing. */
  readonly pure?: true;
};

const BELOW_TRAIN = ['formats', 'store', 'gpu', 'model', 'text', 'recipe', 'corpora'] as const;

export const ROOMS: Readonly<Record<string, Room>> = {
  shaders: { knows: [] },
  corpora: { knows: [], packages: ['pure-rand'], pure: true },
  formats: { knows: [], packages: ['d3-dsv', 'valibot'], pure: true },
  recipe: { knows: ['formats'], packages: ['pure-rand'], pure: true },
  text: {
    knows: ['formats', 'corpora'],
    packages: ['@huggingface/tokenizers', 'd3-dsv', 'fflate', 'fzstd', 'hyparquet', 'hyparquet-compressors'],
    pure: true,
  },
  law: { knows: ['formats'], packages: ['mathjs', 'ml-matrix', 'pure-rand', 'temml'], pure: true },
  // What a figure is drawn into is handed in: the page's document, or one that the command line makes.
  figures: { knows: ['law'], packages: ['@observablehq/plot'], pure: true },
  store: { knows: ['formats'], packages: ['idb'], node: ['src/store/folder.ts'] },
  gpu: { knows: ['formats', 'shaders'] },
  model: { knows: ['formats', 'gpu', 'shaders'], packages: ['pure-rand'] },
  huggingFace: { knows: ['formats', 'model'] },
  train: { knows: ['formats', 'huggingFace', 'model', 'recipe', 'text', 'store'], packages: ['pure-rand'] },
  // Store, engine, texts and the process's own identity are handed in.
  sweep: {
    knows: ['formats', 'recipe', 'huggingFace', 'model', 'text', 'train', 'law', 'figures', 'store'],
    packages: ['pure-rand'],
    pure: true,
  },
  export: {
    knows: ['formats', 'huggingFace', 'model', 'text', 'package.json'],
    packages: ['@bufbuild/protobuf', 'fflate', 'onnx-buf', 'onnxruntime-web'],
  },
  play: { knows: ['formats', 'export', 'model', 'text'] },
  // The two places where the parts are put together: they open devices, files and stores, and hand them in.
  worker: {
    knows: [...BELOW_TRAIN, 'huggingFace', 'train', 'sweep', 'law', 'export', 'play', 'package.json'],
    packages: ['comlink', 'fflate', 'onnxruntime-web'],
  },
  cli: {
    knows: [
      ...BELOW_TRAIN,
      'train',
      'sweep',
      'law',
      'figures',
      'huggingFace',
      'export',
      'scripts',
      'package.json',
    ],
    packages: ['commander', 'linkedom', 'webgpu'],
    node: true,
  },
  page: {
    knows: ['worker', 'formats', 'recipe', 'law', 'figures'],
    // The last is made by the build: where the measured runs lie that ship with the lab.
    packages: ['lit', '@preact/signals-core', 'uplot', 'virtual:shipped-runs'],
  },
  'index.html': { knows: ['page'] },
  scripts: { knows: [], packages: ['vite'], node: true },
  // For the version that records carry.
  'package.json': { knows: [] },
};

/** Rooms that are entered by certain files, or folders, only; every other file in them is their own affair. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  worker: ['src/worker/api/', 'src/worker/client.ts'],
  // Where the software adapter lies is asked by the scripts before the install, and by the command line.
  scripts: ['scripts/chromium.mjs'],
};

/** What must never be in the page's own bundle, however many steps away (a worker is a bundle of its own). */
export const NOT_IN_PAGE: readonly string[] = [
  'shaders',
  'gpu',
  'model',
  'huggingFace',
  'train',
  'export',
  'play',
  'sweep',
  'store',
];

/** Globals that a pure room may not touch: the DOM's, the GPU's and Node's. */
export const IMPURE_GLOBALS: ReadonlySet<string> = new Set([
  'navigator',
  'document',
  'window',
  'self',
  'location',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'requestAnimationFrame',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'caches',
  'Worker',
  'Document',
  'Window',
  'Navigator',
  'HTMLElement',
  'process',
  'Buffer',
  'require',
  '__dirname',
  '__filename',
]);

export const GPU_GLOBAL = /^GPU[A-Z]/;

/** The room that a file lives in, or undefined where it lives in none. Paths are relative and use `/`. */
export function roomOf(path: string): string | undefined {
  const [top, second, ...rest] = path.split('/');
  if (path === 'index.html' || path === 'package.json') return path;
  if (top === 'shaders' || top === 'corpora' || top === 'scripts')
    return second === undefined ? undefined : top;
  if (top === 'src' && second !== undefined && rest.length > 0) return second;
  return undefined;
}
