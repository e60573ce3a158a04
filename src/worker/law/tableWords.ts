/** What is said of a table names options of the command line; on a page the same choices are fields. */

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/; choose one with --columns loss=NAME:/g, '; choose one as the loss:'],
  [/; if it is as it looks, add --columns [^;]*/g, '; choose the columns above'],
  [/; say which is which with --columns, e\.g\. [^;]*;/g, '; choose the columns above;'],
  [/; if there are, say --columns \S+/g, '; if there are, choose them above'],
  [
    /say --unit bits-per-byte and --bytes-per-token N \(m3lab corpus show --tokenizer says N\), or --unit bits or nats/g,
    'choose the unit, and for bits per byte the bytes per token',
  ],
  [/say --unit bits if it is bits per token, bits-per-byte, or nats/g, 'choose the unit'],
  [/say --bytes-per-token N \(m3lab corpus show --tokenizer says N\)/g, 'give the bytes per token'],
  [/or say --unit nats if it is one/g, 'or choose nats as the unit if it is one'],
  [/Say --loss-scale raw or log/g, 'Choose what the column holds'],
  [/say --loss-scale log/g, 'choose that the column holds them'],
  [/; --decimal , says that decimals stand behind a comma/g, '; decimals are said to stand behind a comma'],
  [/; --decimal \. says that decimals stand behind a point/g, '; decimals are said to stand behind a point'],
  [
    /; if the comma parts decimals, say --decimal , and if it parts thousands, --decimal \./g,
    '; choose whether decimals stand behind a point or a comma',
  ],
  [
    /; if points part thousands, say --decimal ,/g,
    '; if points part thousands, choose the comma for decimals',
  ],
  [/ \(--include stopped\)/g, ''],
  [/ \(--include repeated-source\)/g, ''],
  [/ \(--where [^)]*\)/g, ''],
];

export function tableWords(words: string): string {
  return FIELDS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), words);
}
