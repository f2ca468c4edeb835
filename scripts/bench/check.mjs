/** Whether both sides answer the same. Nothing is timed before they do. */

export class Unequal extends Error {}

/**
 * @typedef {object} Asked
 * @property {readonly { place: string, valid: number }[]} places
 * @property {readonly { valid: number, known?: number }[]} maps
 */

/**
 * Refuses sides that differ in any answer.
 *
 * @param {Pick<import('./engine.mjs').Engine, 'framed' | 'count' | 'place' | 'frameRows' | 'places'>} engine
 * @param {Pick<import('./plain.mjs').Plain, 'ways' | 'count' | 'place' | 'map'>} plain
 * @param {Asked} asked
 * @returns {number} how many answers were compared
 */
export function checkEqual(engine, plain, asked) {
  let compared = 0
  /** @param {string} what @param {string} ours @param {string} theirs */
  const same = (what, ours, theirs) => {
    compared++
    if (ours !== theirs)
      throw new Unequal(`${what}: the sides differ${firstDifference(ours, theirs)}`)
  }
  same('reports', String(engine.count()), String(plain.count()))
  for (const { place, valid } of asked.places)
    same(
      `${place} at ${new Date(valid).toISOString()}`,
      lines(Object.entries(engine.place(place, valid))),
      lines(Object.entries(plain.place(place, valid))),
    )
  for (const reading of asked.maps) {
    const what = `the map at ${new Date(reading.valid).toISOString()}, known ${reading.known ?? 'all'}`
    const [first, ...others] = plain.ways.map((way) => lines(plain.map(reading, way)))
    for (const other of others) same(`${what}, two ways to ask SQLite`, first ?? '', other)
    same(`${what}, by places`, lines(engine.places(reading)), first ?? '')
    if (engine.framed) same(`${what}, by frame`, lines(engine.frameRows(reading)), first ?? '')
  }
  return compared
}

/** @param {readonly (readonly string[])[]} rows */
function lines(rows) {
  return rows
    .map((row) => row.join(' '))
    .sort()
    .join('\n')
}

/** @param {string} ours @param {string} theirs */
function firstDifference(ours, theirs) {
  const [a, b] = [ours.split('\n'), theirs.split('\n')]
  const at = a.findIndex((line, i) => line !== b[i])
  const i = at === -1 ? a.length : at
  return `, first in "${a[i] ?? 'nothing'}" here and "${b[i] ?? 'nothing'}" there (${a.length} and ${b.length} in all)`
}
