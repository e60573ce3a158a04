/**
 * What one source file imports, and which globals it touches, read from its syntax tree. The tree comes from the
 * parser that Vite carries (oxc), so TypeScript, comments and strings cannot mislead it as they would a pattern.
 */

import { parseSync } from 'vite';

export type ImportKind =
  /** A value: `import x from`, `export … from`, `import(…)`, `import.meta.glob`, `require(…)`. */
  | 'value'
  /** Types alone: `import type`, `export type … from`, `import('…').T`. */
  | 'type'
  /** `new URL('…', import.meta.url)`: a worker or an asset, outside the bundle of the file that names it. */
  | 'url';

export type Import = {
  /** As written; undefined where the target is not a literal and so cannot be read. */
  readonly specifier: string | undefined;
  readonly kind: ImportKind;
  /** `import.meta.glob` patterns stand for as many files as match. */
  readonly glob: boolean;
  /** 1-based. */
  readonly line: number;
};

export type GlobalUse = { readonly name: string; readonly line: number };

export type Source = {
  readonly imports: readonly Import[];
  /** Identifiers of the wanted names that no scope of the file declares. */
  readonly globals: readonly GlobalUse[];
};

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node)) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children;
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value;
  if (value.type === 'TSLiteralType') return literal(value.literal);
  if (value.type !== 'TemplateLiteral' || nodesOf(value.expressions).length > 0) return undefined;
  const raw = nodesOf(value.quasis)[0]?.value;
  return typeof raw === 'object' && raw !== null && 'cooked' in raw ? String(raw.cooked) : undefined;
}

const isNamed = (value: unknown, name: string) =>
  isNode(value) && value.type === 'Identifier' && value.name === name;

const isMeta = (value: unknown, property: string) =>
  isNode(value) &&
  value.type === 'MemberExpression' &&
  isNode(value.object) &&
  value.object.type === 'MetaProperty' &&
  isNamed(value.property, property);

type Found = { specifiers: (string | undefined)[]; kind: ImportKind; glob: boolean };

/** What `node` itself imports, not its children. */
function importOf(node: Node): Found | undefined {
  const found = (target: unknown, kind: ImportKind): Found => ({
    specifiers: [literal(target)],
    kind,
    glob: false,
  });
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (!isNode(node.source)) return undefined;
      const named = nodesOf(node.specifiers);
      const typed = (part: Node) => part.importKind === 'type' || part.exportKind === 'type';
      return found(node.source, typed(node) || (named.length > 0 && named.every(typed)) ? 'type' : 'value');
    }
    case 'ImportExpression':
      return found(node.source, 'value');
    case 'TSImportType':
      return found(node.source, 'type');
    case 'TSExternalModuleReference':
      return found(node.expression, 'value');
    case 'NewExpression': {
      const [target, base] = nodesOf(node.arguments);
      return isNamed(node.callee, 'URL') && isMeta(base, 'url') ? found(target, 'url') : undefined;
    }
    case 'CallExpression': {
      const [target] = nodesOf(node.arguments);
      if (isNamed(node.callee, 'require')) return found(target, 'value');
      if (!isMeta(node.callee, 'glob')) return undefined;
      const patterns = target?.type === 'ArrayExpression' ? nodesOf(target.elements) : [target];
      return { specifiers: patterns.map(literal), kind: 'value', glob: true };
    }
    default:
      return undefined;
  }
}

/** Whether `child` is a name in `parent` that refers to nothing: a key, a member, a label. */
function isMereName(parent: Node, child: Node): boolean {
  if (parent.computed === true) return false;
  return (
    (parent.key === child && parent.value !== child) ||
    (parent.type === 'MemberExpression' && parent.property === child) ||
    (parent.type === 'TSQualifiedName' && parent.right === child) ||
    parent.label === child ||
    parent.qualifier === child ||
    (parent.type === 'ImportSpecifier' && parent.imported === child && parent.local !== child) ||
    (parent.type === 'ExportSpecifier' && parent.exported === child && parent.local !== child)
  );
}

function patternNames(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern.name)];
    case 'ObjectPattern':
      return nodesOf(pattern.properties).flatMap(patternNames);
    case 'ArrayPattern':
      return nodesOf(pattern.elements).flatMap(patternNames);
    case 'Property':
      return nodesOf(pattern.value).flatMap(patternNames);
    case 'AssignmentPattern':
      return nodesOf(pattern.left).flatMap(patternNames);
    case 'RestElement':
      return nodesOf(pattern.argument).flatMap(patternNames);
    default:
      return [];
  }
}

function statementNames(statement: Node): string[] {
  if (statement.type === 'VariableDeclaration') {
    return nodesOf(statement.declarations).flatMap((one) => nodesOf(one.id).flatMap(patternNames));
  }
  if (statement.type === 'ImportDeclaration') {
    return nodesOf(statement.specifiers).flatMap((one) => nodesOf(one.local).flatMap(patternNames));
  }
  if (statement.type.startsWith('Export')) return nodesOf(statement.declaration).flatMap(statementNames);
  return nodesOf(statement.id).flatMap(patternNames);
}

/** Names that `node` itself brings into scope for what lies inside it. */
function declaredNames(node: Node): string[] {
  const names = [
    ...nodesOf(node.params).flatMap(patternNames),
    ...nodesOf(node.type === 'CatchClause' ? node.param : undefined).flatMap(patternNames),
    ...nodesOf(node.type.startsWith('For') ? [node.init, node.left] : undefined).flatMap(statementNames),
    ...nodesOf(node.type === 'TSIndexSignature' ? node.parameters : undefined).flatMap(patternNames),
  ];
  if (node.type === 'Program' || node.type === 'BlockStatement' || node.type === 'StaticBlock') {
    names.push(...nodesOf(node.body).flatMap(statementNames));
  }
  if (node.type === 'SwitchCase') names.push(...nodesOf(node.consequent).flatMap(statementNames));
  if (/^(Function|Class)Expression$/.test(node.type)) names.push(...nodesOf(node.id).flatMap(patternNames));
  return names;
}

/** Reads one file. Throws when it does not parse. `wanted` says which global names are looked for. */
export function readSource(path: string, text: string, wanted: (name: string) => boolean): Source {
  const { program, errors } = parseSync(path, text);
  const error = errors[0];
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const lineOf = (node: Node) => text.slice(0, node.start).split('\n').length;
  const imports: Import[] = [];
  const globals: GlobalUse[] = [];

  const visit = (node: Node, ancestors: readonly Node[]): void => {
    const found = importOf(node);
    for (const specifier of found?.specifiers ?? []) {
      imports.push({
        specifier,
        kind: found?.kind ?? 'value',
        glob: found?.glob ?? false,
        line: lineOf(node),
      });
    }
    const parent = ancestors.at(-1);
    const isReference = node.type === 'Identifier' && parent !== undefined && !isMereName(parent, node);
    if (isReference && wanted(String(node.name))) {
      const name = String(node.name);
      if (!ancestors.some((scope) => declaredNames(scope).includes(name)))
        globals.push({ name, line: lineOf(node) });
    }
    if (node.type === 'MemberExpression' && isNamed(node.object, 'globalThis') && isNode(node.property)) {
      const name = node.computed === true ? literal(node.property) : String(node.property.name);
      if (name !== undefined && wanted(name))
        globals.push({ name: `globalThis.${name}`, line: lineOf(node) });
    }
    const inside = [...ancestors, node];
    for (const child of childrenOf(node)) visit(child, inside);
  };
  const root: unknown = program;
  if (isNode(root)) visit(root, []);
  return { imports, globals };
}
