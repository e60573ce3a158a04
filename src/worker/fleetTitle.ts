/** What a fleet is called wherever it is listed. */

/** "Fleet of 2026-11-21 15:04": the minute in which it was begun, by the clock on the wall. */
export function fleetTitle(begunAt: number): string {
  const date = new Date(begunAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `Fleet of ${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
