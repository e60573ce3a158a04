/**
 * How a matmul is cut up: the families, the tile sizes, their names, and which of them fit a shape.
 *
 * - `registers`: an invocation holds a tile and reads what it needs. No workgroup memory, no barrier: for software adapters, where
 *   a barrier is dear, and for devices with large caches.
 * - `quads`: the same, but four neighbouring invocations read 16 columns together and hand them round by `quadBroadcast`.
 * - `slabs`: a workgroup brings slabs of both operands into its memory and multiplies from there: for discrete GPUs.
 */

export type RegisterTile = {
  readonly family: 'registers' | 'quads';
  /** What one invocation holds. */
  readonly rows: 4 | 8 | 16;
  readonly columns: 8 | 16;
};

export type SlabTile = {
  readonly family: 'slabs';
  /** What one workgroup of side² invocations holds: 4 or 8 rows and 8 columns each. */
  readonly rows: 32 | 64 | 128;
  readonly columns: 64 | 128;
};

export type Tile = RegisterTile | SlabTile;

const REGISTER_TILES: readonly RegisterTile[] = [
  { family: 'registers', rows: 4, columns: 8 },
  { family: 'registers', rows: 8, columns: 8 },
  { family: 'registers', rows: 8, columns: 16 },
  { family: 'quads', rows: 4, columns: 16 },
  { family: 'quads', rows: 8, columns: 16 },
  { family: 'quads', rows: 16, columns: 16 },
];

const SLAB_TILES: readonly SlabTile[] = [
  { family: 'slabs', rows: 32, columns: 64 },
  { family: 'slabs', rows: 64, columns: 64 },
  { family: 'slabs', rows: 64, columns: 128 },
  { family: 'slabs', rows: 128, columns: 128 },
];

/** Every tile there is; the first is the one that the others are held against. */
export const TILES: readonly Tile[] = [...REGISTER_TILES, ...SLAB_TILES];

/** The tile that fits every shape on every device. */
export const REFERENCE_TILE: Tile = { family: 'registers', rows: 4, columns: 8 };

/** E.g. `quads 8×16`. */
export function tileName({ family, rows, columns }: Tile): string {
  return `${family} ${rows}×${columns}`;
}

/** The tile of that name, or null where this engine has none. */
export function tileOf(name: string): Tile | null {
  return TILES.find((tile) => tileName(tile) === name) ?? null;
}

/** Whether a product of `rows` rows, a multiple of 16 (for weight gradients, outputs), can be cut that way. */
export function fits(tile: Tile, rows: number): boolean {
  // Each of four neighbours holds rows of its own.
  return tile.family !== 'quads' || rows % (4 * tile.rows) === 0;
}

/** Invocations of a workgroup. Large register tiles come in small workgroups, so that few of them still fill a device. */
export function lanesOf(tile: Tile): number {
  if (tile.family === 'slabs') return sideOf(tile) ** 2;
  return tile.rows * tile.columns >= 128 ? 16 : 64;
}

/** A slab tile's workgroup is a square of invocations with this side. */
export function sideOf({ columns }: SlabTile): 8 | 16 {
  return columns === 64 ? 8 : 16;
}
