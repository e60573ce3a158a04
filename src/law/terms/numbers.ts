/** Typed arrays of a known length, so that their items are numbers to the compiler: `theta as unknown as Numbers5`. */

export type Numbers4 = readonly [number, number, number, number];
export type Numbers5 = readonly [...Numbers4, number];
export type Numbers6 = readonly [...Numbers5, number];
export type Numbers7 = readonly [...Numbers6, number];
export type Numbers8 = readonly [...Numbers7, number];
export type Numbers9 = readonly [...Numbers8, number];
export type Numbers10 = readonly [...Numbers9, number];
export type Numbers11 = readonly [...Numbers10, number];
export type Numbers12 = readonly [...Numbers11, number];
