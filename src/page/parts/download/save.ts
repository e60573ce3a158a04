/** Hands bytes to the person: the browser keeps them among its downloads. */

/** How long a browser may take to begin with a download before its address is taken back. */
const ADDRESS_MS = 60_000;
const MOST_LETTERS = 80;

export const CSV_TYPE = 'text/csv;charset=utf-8';
export const JSON_TYPE = 'application/json';
export const SVG_TYPE = 'image/svg+xml';

/** `name` with its ending; what no file system takes is taken out of it. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileNameOf(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_MS);
}

export function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type }), name);
}

/** Indented, with a newline at its end. What JSON cannot say (NaN, infinity) becomes null. */
export function saveJson(data: unknown, name: string): void {
  saveText(`${JSON.stringify(data, null, 2)}\n`, name, JSON_TYPE);
}

/** `Loss: mono / bi?.csv` → `Loss-mono-bi.csv`; a name of nothing but such signs is `m3lab`. */
export function fileNameOf(name: string): string {
  const at = name.lastIndexOf('.');
  const [stem, ending] = at > 0 ? [name.slice(0, at), name.slice(at)] : [name, ''];
  const kept = stem
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, MOST_LETTERS);
  return `${kept || 'm3lab'}${ending}`;
}
