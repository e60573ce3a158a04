/**
 * npm `webgpu` looks for finished work in every turn of Node's event loop, by `setImmediate`, as long as anything is awaited:
 * some hundred thousand times a second, a whole core. On a software adapter that core is missing where the work is done, and a
 * step on two cores takes nearly twice as long. So Dawn's looks, once it has waited a moment, are put a millisecond apart.
 * To be removed when https://github.com/dawn-gpu/node-webgpu waits without spinning.
 */

/** Short waits are looked at without a pause: reading a few numbers back takes less than this. */
const EAGER_MS = 1;
/** Looks so far apart belong to different waits. */
const NEW_WAIT_MS = 5;
const PAUSE_MS = 1;

/** A function of Dawn's: native, and without a name (bound functions, native too, have one). */
function isDawns(callback: unknown): boolean {
  return (
    typeof callback === 'function' &&
    callback.name === '' &&
    Function.prototype.toString.call(callback).includes('[native code]')
  );
}

let calmed = false;

/** Slows Dawn's looks down; what others give to `setImmediate` goes through untouched. */
export function calmDawn(): void {
  if (calmed) return;
  calmed = true;
  const { setImmediate } = globalThis;
  let begun = 0;
  let last = Number.NEGATIVE_INFINITY;
  const calm = (callback: (...values: unknown[]) => void, ...values: unknown[]) => {
    if (!isDawns(callback)) return setImmediate(callback, ...values);
    const now = performance.now();
    if (now - last > NEW_WAIT_MS) begun = now;
    last = now;
    return now - begun < EAGER_MS ? setImmediate(callback) : setTimeout(callback, PAUSE_MS);
  };
  globalThis.setImmediate = Object.assign(calm, setImmediate) as typeof setImmediate;
}
