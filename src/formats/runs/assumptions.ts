/** What was taken as given of a table's runs because nothing in the table says it. */

import { type Assignment, likelyColumns } from './columns.ts';
import { ASSUMED, type Assumed } from './derive.ts';
import type { Table } from './table.ts';

export class AssumptionCounter {
  readonly #blanks = new Map<Assumed, { rows: number; first: string }>();

  add(assumed: readonly Assumed[], place: string): void {
    for (const role of assumed) {
      const known = this.#blanks.get(role);
      if (known) known.rows++;
      else this.#blanks.set(role, { rows: 1, first: place });
    }
  }

  /** Sentences without a full stop. */
  notes({ file, header }: Table, { fields }: Assignment): string[] {
    const counted = ASSUMED.filter((role) => this.#blanks.has(role));
    const missing = counted.filter((role) => !fields.has(role));
    const notes: string[] = [];
    if (missing.length > 0) {
      const roles = missing.map((role) => `${role} = 1`).join(', ');
      const likely = likelyColumns(header, fields).filter((one) => !/^N=/.test(one));
      const hint = likely.length === 0 ? '' : `; if there are, say --columns ${likely.join(',')}`;
      const columns = missing.length === 1 ? 'there is no such column' : 'there are no such columns';
      notes.push(`${file}: assumed ${roles}: ${columns}${hint}`);
    }
    for (const role of counted.filter((one) => fields.has(one))) {
      const { rows, first } = this.#blanks.get(role) ?? { rows: 0, first: '' };
      const where =
        rows === 1
          ? `at ${first}, where the cell is empty`
          : `in ${rows} lines where the cell is empty, the first at ${first}`;
      notes.push(`${file}: assumed ${role} = 1 ${where}`);
    }
    return notes;
  }
}
