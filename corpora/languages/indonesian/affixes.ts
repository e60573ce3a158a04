/**
 * Word formation. A formula joins prefixes, root and suffixes by `+`: `meN+sapu`, `meN+per+baik+i`, `ber+pergi+an`; what has no `+`
 * stays as it is. meN- and peN- end in the nasal of the sound that follows; p, t, k and s of a root give way to it.
 */

const PREFIXES: ReadonlySet<string> = new Set(['meN', 'peN', 'ber', 'ter', 'per', 'pe', 'pel', 'ke', 'se']);

/** The words of a formula with `·` between their morphs. */
export function affixed(formula: string): string {
  return formula.split(' ').map(oneWord).join(' ');
}

function oneWord(formula: string): string {
  const parts = formula.split('+');
  const at = parts.findIndex((part) => !PREFIXES.has(part));
  const root = parts[at] ?? '';
  let stem = parts.slice(at).join('·');
  for (let i = at - 1; i >= 0; i--) stem = prefixed(parts[i] ?? '', stem, i === at - 1 ? root : null);
  return stem;
}

/** `root` is null before another prefix, whose first sound stays: mem·per·baik·i. */
function prefixed(prefix: string, stem: string, root: string | null): string {
  if (prefix === 'meN' || prefix === 'peN') {
    const [nasal, rest] = nasalized(stem, root);
    return `${prefix.slice(0, -1)}${nasal}·${rest}`;
  }
  // The r of ber-, ter- and per- is lost before another r, and before a first syllable that ends in er: be·pergi·an, pe·ternak·an.
  const losesR = prefix.endsWith('er') && (stem.startsWith('r') || endsInEr(stem));
  return `${losesR ? prefix.slice(0, -1) : prefix}·${stem}`;
}

function nasalized(stem: string, root: string | null): [nasal: string, rest: string] {
  if (root !== null && syllables(root) === 1) return ['nge', stem];
  const first = stem.charAt(0);
  const second = stem.charAt(1);
  // Clusters of borrowed words keep their first sound (memproses, mengkritik, mensponsori); so do kh and sy, which are one sound.
  const gives = root !== null && isVowel(second);
  switch (first) {
    case 'p':
      return ['m', gives ? stem.slice(1) : stem];
    case 'b':
    case 'f':
    case 'v':
      return ['m', stem];
    case 't':
      return ['n', gives ? stem.slice(1) : stem];
    case 'c':
    case 'd':
    case 'j':
    case 'z':
      return ['n', stem];
    case 's':
      return gives ? ['ny', stem.slice(1)] : ['n', stem];
    case 'k':
      return ['ng', gives ? stem.slice(1) : stem];
    case 'g':
    case 'h':
      return ['ng', stem];
    default:
      return [isVowel(first) ? 'ng' : '', stem];
  }
}

function syllables(root: string): number {
  let count = 0;
  for (const letter of root) if (isVowel(letter)) count++;
  return count;
}

function isVowel(letter: string): boolean {
  return letter !== '' && 'aeiou'.includes(letter);
}

function endsInEr(stem: string): boolean {
  const [first = '', second, third, fourth = ''] = stem;
  return !isVowel(first) && second === 'e' && third === 'r' && fourth !== '' && !isVowel(fourth);
}

/** Said twice for many, of a compound its first word; a word that is double by itself stays. */
export function reduplicated(noun: string): string {
  if (noun.includes('-')) return noun;
  const [head = '', ...others] = noun.split(' ');
  return [`${head}·-${head}`, ...others].join(' ');
}
