/** How a formula and its names look in print. */

import type { FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';

const GREEK =
  'alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega|' +
  'Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega';

/** A letter with what is under it: D_T, tau0, RD. */
const WITH_INDEX = new RegExp(`^(${GREEK}|[A-Za-z])(?:_([A-Za-z0-9_]*)|([0-9]+|[A-Z]))?$`);
const STAR = /^(.+?)_?star$/;

/** TeX of a name in ASCII: `alpha` → \alpha, `D_T` → D_{T}, `Rstar` → R^{*}; a word stays a word. */
export function nameTex(name: string): string {
  const starred = STAR.exec(name)?.[1];
  if (starred !== undefined) return `${nameTex(starred)}^{*}`;
  const parts = WITH_INDEX.exec(name);
  if (parts === null) return word(name);
  const [, letter = '', below = '', tight = ''] = parts;
  const index = below + tight;
  // The variant is the letter that the field writes for this name.
  const symbol = letter === 'phi' ? '\\varphi' : letter.length > 1 ? `\\${letter}` : letter;
  return index === '' ? symbol : `${symbol}_{${index.length > 1 ? word(index) : index}}`;
}

/** TeX of a formula's tree, in our symbols. */
export function formulaTex(tree: MathNode): string {
  return `L = ${tree.toTex({ parenthesis: 'keep', handler }).trim()}`;
}

/** What is printed otherwise than mathjs would; undefined leaves a node to it. */
function handler(node: MathNode, options: object): string | undefined {
  const tex = (part: MathNode | undefined): string => part?.toTex(options).trim() ?? '';
  if (node.type === 'SymbolNode') return ` ${nameTex((node as SymbolNode).name)} `;
  if (node.type === 'OperatorNode') {
    const { fn, args } = node as unknown as OperatorNode<'^', 'pow'>;
    const [first, second] = args as readonly MathNode[];
    if ((fn as string) === 'divide') return `\\frac{${tex(bare(first))}}{${tex(bare(second))}}`;
    return fn === 'pow' ? `{${tex(first)}}^{${tex(bare(second))}}` : undefined;
  }
  if (node.type !== 'FunctionNode') return undefined;
  const { fn, args } = node as FunctionNode;
  const values = args.map(tex);
  const inside = `\\left(${values.join(', ')}\\right)`;
  if (fn.name === 'exp') return ` e^{${values[0]}}`;
  if (fn.name === 'log') {
    return values.length === 1 ? `\\ln${inside}` : `\\log_{${values[1]}}\\left(${values[0]}\\right)`;
  }
  if (fn.name === 'abs') return `\\left|${values[0]}\\right|`;
  if (fn.name === 'sqrt') return `\\sqrt{${values[0]}}`;
  if (fn.name === 'pow') return `{\\left(${values[0]}\\right)}^{${values[1]}}`;
  if (fn.name === 'min' || fn.name === 'max') return `\\${fn.name}${inside}`;
  if (fn.name === 'expm1' || fn.name === 'log1p') return `${word(fn.name)}${inside}`;
  return undefined;
}

/** Without parentheses that a fraction's bar or a raised place makes needless. */
function bare(node: MathNode | undefined): MathNode | undefined {
  return node?.type === 'ParenthesisNode' ? bare((node as ParenthesisNode).content) : node;
}

function word(name: string): string {
  return `\\mathrm{${name.replaceAll('_', '\\_')}}`;
}
