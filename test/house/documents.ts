/** Reads the parts of our Markdown pages that can be held against the disk: the tree of folders, and the links. */

const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm;
const TREE_LINE = /^( *)([\w.-]+)\/(?:\s|$)/;
const INDENT_SPACES = 2;

/** Folders drawn in the trees of a page (blocks fenced as `text`), as paths: `src/` and, two spaces in, `gpu/` give `src`, `src/gpu`. */
export function drawnFolders(markdown: string): string[] {
  const folders: string[] = [];
  for (const [, language, block = ''] of markdown.matchAll(FENCED)) {
    if (language !== 'text') continue;
    const parents: string[] = [];
    for (const line of block.split('\n')) {
      const [, indent, name] = TREE_LINE.exec(line) ?? [];
      if (indent === undefined || name === undefined) continue;
      parents.length = indent.length / INDENT_SPACES;
      parents.push(name);
      folders.push(parents.join('/'));
    }
  }
  return folders;
}

/** Targets of links and pictures that point into the project, without their `#part`. */
export function localLinks(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}
