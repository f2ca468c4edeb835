/** A place in the log: 1, 2, 3 … dense, in commit order. Knowledge time is a position; 0 is before all. */
declare const brand: unique symbol
export type Position = number & { readonly [brand]: 'Position' }

export const NOWHERE = 0 as Position

/** Brands a number that is already known to be a whole position. */
export function position(n: number): Position {
  return n as Position
}
