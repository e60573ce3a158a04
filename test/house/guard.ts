/**
 * Holds a tree of files against the table of rooms: arrows, doors, packages, circles, and what the pure rooms touch.
 * The tree is a map from path to text, so the guard can be shown to bite on small trees that exist nowhere.
 */

import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { DOORS, GPU_GLOBAL, IMPURE_GLOBALS, NOT_IN_PAGE, ROOMS, roomOf } from './rooms.ts';
import { type Import, readSource, type Source } from './syntax.ts';

/** Paths relative to the project's root, with `/`, and their text. */
export type Tree = ReadonlyMap<string, string>;

type Edge = { readonly to: string; readonly kind: Import['kind']; readonly line: number };
type Edges = ReadonlyMap<string, readonly Edge[]>;

const CODE = /\.(ts|js|mjs)$/;
const HTML_SCRIPT = /<script\b[^>]*\bsrc="(?:\.?\/)?([^":]+)"/g;

const isImpureGlobal = (name: string) => IMPURE_GLOBALS.has(name) || GPU_GLOBAL.test(name);

function sourceOf(path: string, text: string): Source {
  if (CODE.test(path)) return readSource(path, text, isImpureGlobal);
  const imports: Import[] = [];
  if (path.endsWith('.html')) {
    for (const match of text.matchAll(HTML_SCRIPT)) {
      const line = text.slice(0, match.index).split('\n').length;
      imports.push({ specifier: `/${match[1]}`, kind: 'value', glob: false, line });
    }
  }
  return { imports, globals: [] };
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function globPattern(path: string): RegExp {
  const escaped = path.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\{([^}]*)\}/g, (_, list: string) => {
    return `(${list.replaceAll(',', '|')})`;
  });
  const pattern = escaped.replaceAll('**/', '\u0000').replaceAll('*', '[^/]*').replaceAll('\u0000', '(.*/)?');
  return new RegExp(`^${pattern}$`);
}

function mayUseNode(room: string, path: string): boolean {
  const allowed = ROOMS[room]?.node;
  return allowed === true || (allowed?.includes(path) ?? false);
}

/** Why a file of `room` may not import `to`, or undefined where it may. */
function arrowProblem(room: string, to: string): string | undefined {
  const target = roomOf(to);
  if (target === undefined) return `imports ${to}, which lies in no room`;
  if (target === room) return undefined;
  if (!ROOMS[room]?.knows.includes(target)) return `${room} may not know ${target} (imports ${to})`;
  const door = DOORS[target];
  // A folder is a door with all that is in it.
  return door && !door.some((way) => (way.endsWith('/') ? to.startsWith(way) : to === way))
    ? `${target} is entered by ${door.join(' or ')}, not by ${to}`
    : undefined;
}

type Report = (path: string, line: number, problem: string) => void;

function edgesOf(path: string, room: string, source: Source, tree: Tree, report: Report): Edge[] {
  const edges: Edge[] = [];
  for (const { specifier, kind, glob, line } of source.imports) {
    if (specifier === undefined) {
      report(path, line, 'imports what is not a literal, so no one can tell what');
      continue;
    }
    const bare = specifier.replace(/[?#].*$/, '');
    if (!/^[./]/.test(bare)) {
      if (isBuiltin(bare)) {
        if (!mayUseNode(room, path)) report(path, line, `${room} may not use Node's ${bare} here`);
      } else if (!ROOMS[room]?.packages?.includes(packageOf(bare))) {
        report(path, line, `${room} may not use the package ${packageOf(bare)}`);
      }
      continue;
    }
    const target = bare.startsWith('/') ? bare.slice(1) : posix.join(posix.dirname(path), bare);
    const pattern = globPattern(target);
    const reached = glob ? [...tree.keys()].filter((one) => pattern.test(one)) : [target];
    for (const to of reached) {
      if (!tree.has(to)) {
        report(path, line, `imports ${to}, which does not exist`);
        continue;
      }
      const problem = arrowProblem(room, to);
      if (problem !== undefined) report(path, line, problem);
      edges.push({ to, kind, line });
    }
  }
  return edges;
}

/** Every circle of files, each once, as a path that ends where it begins. */
export function circlesOf(edges: Edges): string[][] {
  const circles: string[][] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const from = trail.indexOf(path);
    if (from >= 0) {
      circles.push([...trail.slice(from), path]);
      return;
    }
    if (finished.has(path)) return;
    trail.push(path);
    for (const { to } of edges.get(path) ?? []) visit(to);
    trail.pop();
    finished.add(path);
  };
  for (const path of edges.keys()) visit(path);
  return circles;
}

/** The ways by which files of the page pull a forbidden room into the page's bundle; types and workers do not. */
function bundleProblems(edges: Edges, report: Report): void {
  const cameFrom = new Map<string, string>();
  const queue = [...edges.keys()].filter((path) => roomOf(path) === 'page');
  const seen = new Set(queue);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const { to, kind, line } of edges.get(path) ?? []) {
      if (kind !== 'value' || seen.has(to)) continue;
      seen.add(to);
      cameFrom.set(to, path);
      const room = roomOf(to);
      if (room !== undefined && NOT_IN_PAGE.includes(room)) {
        const way = [to];
        for (let at = cameFrom.get(to); at !== undefined; at = cameFrom.get(at)) way.unshift(at);
        report(path, line, `brings ${room} into the page's bundle: ${way.join(' → ')}`);
      } else queue.push(to);
    }
  }
}

/** Every file of the tree that some file of the tree imports, however it does. */
export function importedFiles(tree: Tree): Set<string> {
  const imported = new Set<string>();
  for (const [path, text] of tree) {
    const room = roomOf(path) ?? '';
    for (const { to } of edgesOf(path, room, sourceOf(path, text), tree, () => {})) imported.add(to);
  }
  return imported;
}

/** Everything that is wrong with the tree, as `path:line: problem`; empty when all is well. */
export function guard(tree: Tree): string[] {
  const problems: string[] = [];
  const report: Report = (path, line, problem) => problems.push(`${path}:${line}: ${problem}`);
  const edges = new Map<string, readonly Edge[]>();
  for (const [path, text] of tree) {
    const room = roomOf(path);
    if (room === undefined || ROOMS[room] === undefined) {
      report(path, 1, 'lies in no room of the table');
      continue;
    }
    const source = sourceOf(path, text);
    edges.set(path, edgesOf(path, room, source, tree, report));
    if (ROOMS[room].pure) {
      for (const { name, line } of source.globals)
        report(path, line, `${room} is pure and may not touch ${name}`);
    }
  }
  for (const circle of circlesOf(edges)) problems.push(`circle: ${circle.join(' → ')}`);
  bundleProblems(edges, report);
  return problems;
}
