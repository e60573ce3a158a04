/** Whether rows belong in one fit at all: a fit is to losses that can be compared. */

import type { RunRow } from './row.ts';

/** Columns whose words are tokenizers: nats per token of one say nothing beside those of another. */
const OF_TOKENIZER = /^(tokeni[sz]er|vocab(ulary)?)([_ -]?(name|id|size))?$/i;
/** Columns whose words are texts: how hard a text is moves every loss on it. */
const OF_TEXT =
  /^((data|eval(uation)?|val(id(ation)?)?|train(ing)?)[_ -]?set|data|corpus|corpora|text|pair|lang(uage)?(s|[_ -]?pair)?|target|domain)([_ -]?(name|id))?$/i;

const MOST_SAID = 4;

/** Columns that may part runs into sets that are no one fit, the tokenizers' first. */
export function partingColumns(groups: readonly string[]): string[] {
  return [
    ...groups.filter((name) => OF_TOKENIZER.test(name)),
    ...groups.filter((name) => OF_TEXT.test(name)),
  ];
}

/** What a person should know before such rows are fitted as one, in sentences without a full stop. */
export function mixtureNotes({
  rows,
  groups,
}: {
  readonly rows: readonly RunRow[];
  readonly groups: readonly string[];
}): string[] {
  return partingColumns(groups).flatMap((name) => {
    // Pairs of languages are spoken of where the pairs are.
    if (name === 'pair') return [];
    const words = [...new Set(rows.map((row) => row.groups[name] ?? ''))].filter((word) => word !== '');
    // A target is the one or the other half of its pair.
    if (words.length < 2 || (name === 'target' && groups.includes('pair'))) return [];
    const listed = `${words.slice(0, MOST_SAID).join(', ')}${words.length > MOST_SAID ? ', …' : ''}`;
    const what = OF_TOKENIZER.test(name)
      ? 'nats per token of one tokenizer do not compare with those of another; fit them apart'
      : 'they are fitted as one, as if one text were as hard as the other; take one';
    return [`these runs have ${words.length} values of ${name} (${listed}): ${what} (--where ${name}=…)`];
  });
}
