import { describe, expect, it } from 'vitest';
import { circlesOf, guard, type Tree } from './guard.ts';
import { ROOMS } from './rooms.ts';
import { readRooms } from './tree.ts';

const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files));

/** Trees made up to break one rule each, and the words in which the guard must say so. */
const BROKEN: Record<string, { files: Record<string, string>; says: RegExp }> = {
  'an arrow that runs upward': {
    files: { 'src/gpu/a.ts': `import { b } from '../model/b.ts';`, 'src/model/b.ts': 'export const b = 1;' },
    says: /^src\/gpu\/a\.ts:1: gpu may not know model/,
  },
  'an arrow that runs upward for a type alone': {
    files: { 'src/gpu/a.ts': `\nimport type { B } from '../model/b.ts';`, 'src/model/b.ts': '' },
    says: /^src\/gpu\/a\.ts:2: gpu may not know model/,
  },
  'an upward arrow in an inline type': {
    files: { 'src/gpu/a.ts': `type B = import('../model/b.ts').B;`, 'src/model/b.ts': '' },
    says: /gpu may not know model/,
  },
  'an upward arrow in a re-export': {
    files: { 'src/gpu/a.ts': `export { b } from '../model/b.ts';`, 'src/model/b.ts': '' },
    says: /gpu may not know model/,
  },
  'an upward arrow in a dynamic import': {
    files: { 'src/gpu/a.ts': 'const b = await import(`../model/b.ts`);', 'src/model/b.ts': '' },
    says: /gpu may not know model/,
  },
  'an upward arrow in a worker URL': {
    files: {
      'src/gpu/a.ts': `new Worker(new URL('../worker/w.ts', import.meta.url));`,
      'src/worker/w.ts': '',
    },
    says: /gpu may not know worker/,
  },
  'an upward arrow in a glob': {
    files: { 'src/gpu/a.ts': `import.meta.glob(['../mo*/**/*.ts']);`, 'src/model/deep/b.ts': '' },
    says: /gpu may not know model/,
  },
  'a shader read by a room that may not': {
    files: { 'src/train/a.ts': `import code from '../../shaders/k.wgsl?raw';`, 'shaders/k.wgsl': '' },
    says: /train may not know shaders/,
  },
  'an import that cannot be read': {
    files: { 'src/cli/a.ts': 'await import(name);' },
    says: /not a literal/,
  },
  'an import of a file that is not there': {
    files: { 'src/model/a.ts': `import { b } from './b.ts';` },
    says: /does not exist/,
  },
  'a page that walks past the door of the worker': {
    files: { 'src/page/a.ts': `import { w } from '../worker/w.ts';`, 'src/worker/w.ts': '' },
    says: /worker is entered by/,
  },
  'a page that bundles the engine through the door': {
    files: {
      'src/page/a.ts': `import { b } from '../worker/client.ts';`,
      'src/worker/client.ts': `export { b } from '../train/b.ts';`,
      'src/train/b.ts': 'export const b = 1;',
    },
    says: /brings train into the page's bundle: src\/page\/a\.ts → src\/worker\/client\.ts → src\/train\/b\.ts/,
  },
  'a room that uses a script of the house': {
    files: { 'src/gpu/a.ts': `import { s } from '../../scripts/chromium.mjs';`, 'scripts/chromium.mjs': '' },
    says: /gpu may not know scripts/,
  },
  'a command line that uses more of the scripts than the door': {
    files: { 'src/cli/a.ts': `import { s } from '../../scripts/setup.mjs';`, 'scripts/setup.mjs': '' },
    says: /scripts is entered by scripts\/chromium\.mjs/,
  },
  'a script of the page that is no page': {
    files: { 'index.html': '<script type="module" src="/src/model/b.ts"></script>', 'src/model/b.ts': '' },
    says: /index\.html may not know model/,
  },
  'a circle of values': {
    files: { 'src/law/a.ts': `import './b.ts';`, 'src/law/b.ts': `import './a.ts';` },
    says: /^circle: src\/law\/a\.ts → src\/law\/b\.ts → src\/law\/a\.ts$/,
  },
  'a circle closed by a type': {
    files: { 'src/law/a.ts': `import './b.ts';`, 'src/law/b.ts': `import type { A } from './a.ts';` },
    says: /^circle/,
  },
  'a file that imports itself': {
    files: { 'src/law/a.ts': `import './a.ts';` },
    says: /^circle/,
  },
  'a Node module in a pure room': {
    files: { 'src/recipe/a.ts': `import { readFile } from 'node:fs/promises';` },
    says: /recipe may not use Node's node:fs\/promises/,
  },
  'a Node module without its prefix': {
    files: { 'src/law/a.ts': `import { join } from 'path';` },
    says: /law may not use Node's path/,
  },
  'a Node module in the store of the browser': {
    files: { 'src/store/opfs.ts': `import fs from 'node:fs';` },
    says: /store may not use Node's node:fs/,
  },
  'a package that the room does not list': {
    files: { 'src/text/a.ts': `import { html } from 'lit/html.js';` },
    says: /text may not use the package lit/,
  },
  'a DOM global in a pure room': {
    files: { 'src/text/a.ts': 'export const title = () => document.title;' },
    says: /text is pure and may not touch document/,
  },
  'the GPU in a pure room': {
    files: { 'src/recipe/a.ts': 'export const gpu = navigator.gpu;' },
    says: /recipe is pure and may not touch navigator/,
  },
  'a GPU type in a pure room': {
    files: { 'src/formats/a.ts': 'export type A = { device: GPUDevice };' },
    says: /formats is pure and may not touch GPUDevice/,
  },
  'a global by way of globalThis': {
    files: { 'src/law/a.ts': 'export const w = globalThis.window;' },
    says: /law is pure and may not touch globalThis\.window/,
  },
  'a global used beside a local of the same name': {
    files: {
      'src/text/a.ts': 'export function f(document: string) { return document; }\nf(document.title);',
    },
    says: /^src\/text\/a\.ts:2: text is pure and may not touch document/,
  },
  'a file outside every room': {
    files: { 'src/helpers.ts': '' },
    says: /lies in no room/,
  },
  'a room that the table does not know': {
    files: { 'src/misc/a.ts': '' },
    says: /lies in no room/,
  },
};

describe('the guard of the arrows', () => {
  for (const [name, { files, says }] of Object.entries(BROKEN)) {
    it(`finds ${name}, and nothing else`, () => {
      const problems = guard(tree(files));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(says);
    });
  }

  it('is content with a tree that keeps the rules', () => {
    const problems = guard(
      tree({
        'index.html': '<script type="module" src="/src/page/main.ts"></script>',
        'src/page/main.ts': `import { open } from '../worker/client.ts'; import type { A } from '../worker/api/lab.ts';`,
        'src/worker/client.ts': `import { wrap } from 'comlink'; import type { A } from './api/lab.ts';
          export const open = () => wrap(new Worker(new URL('./lab.worker.ts', import.meta.url)));`,
        'src/worker/api/lab.ts': `import type { B } from '../../train/b.ts'; export type A = B;`,
        'src/worker/lab.worker.ts': `import { b } from '../train/b.ts'; import type { A } from './api/lab.ts';`,
        'src/train/b.ts': `import { model } from '../model/m.ts'; export type B = 1;`,
        'src/model/m.ts': `import code from '../../shaders/k.wgsl?raw'; export const model = code;`,
        'src/store/folder.ts': `import { rename } from 'node:fs/promises';`,
        'shaders/k.wgsl': '// import "nothing"',
      }),
    );
    expect(problems).toEqual([]);
  });

  it('lets a pure room use the names of the DOM for things of its own', () => {
    const text = `
      // document.title and import 'node:fs' in a comment are words.
      export type Split = { document: string; window: [window: number] };
      export async function* split(documents: AsyncIterable<string>): AsyncGenerator<string> {
        for await (const document of documents) yield document + 'navigator.gpu';
      }
      export const first = ({ window }: { window: number }, run: (process: number) => void) => run(window);
      export class Plan { window = 1; step() { const { location: self } = { location: this.window }; return self; } }`;
    expect(guard(tree({ 'src/text/split.ts': text }))).toEqual([]);
  });

  it('has a table that is free of circles and names only rooms it describes', () => {
    for (const [room, { knows }] of Object.entries(ROOMS)) {
      for (const known of knows) expect(ROOMS, `${room} knows ${known}`).toHaveProperty([known]);
    }
    const arrows = Object.entries(ROOMS).map(([room, { knows }]) => {
      return [room, knows.map((to) => ({ to, kind: 'value' as const, line: 0 }))] as const;
    });
    expect(circlesOf(new Map(arrows))).toEqual([]);
  });
});

describe('this project', () => {
  it('keeps every arrow of the table', () => {
    const files = readRooms();
    expect(files.size).toBeGreaterThan(0);
    expect(guard(files)).toEqual([]);
  });
});
