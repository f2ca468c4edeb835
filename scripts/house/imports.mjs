/** The rules of who may import whom: pure functions from what was read to what breaks them. */
import { FACES, LOADED, ROOMS, roomOf } from './table.mjs'

/**
 * @typedef {import('./read.mjs').Source} Source
 *
 * @typedef {object} Breach
 * @property {string} path
 * @property {number} [line] from 1
 * @property {string} message what is wrong, and what would be right
 */

/** What the engine, its faces and the projections are made of. */
export const MADE_OF = /^(src|projections)\//

/** @param {string | null} room */
const nameOf = (room) => (room === null ? 'what is in no room' : room)

/**
 * Rooms import only the rooms that the table lets them know, types included.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function roomOrder(sources) {
  return sources
    .filter(({ path }) => MADE_OF.test(path))
    .flatMap(({ path, imports }) => {
      const room = roomOf(path)
      const rule = room === null ? undefined : ROOMS[room]
      if (room === null || rule === undefined)
        return [
          {
            path,
            message: `room "${nameOf(room)}" is not in the table; enter it in scripts/house/table.mjs`,
          },
        ]
      const known = [room, ...rule.knows, ...ownFaces(room)]
      return imports
        .filter(({ kind, to }) => kind === 'house' && !known.includes(roomOf(to) ?? ''))
        .map(({ to, line }) => ({
          path,
          line,
          message: `${room} imports ${nameOf(roomOf(to))} (${to}); it may know ${rule.knows.join(', ') || 'no other room'}`,
        }))
    })
}

/** @param {string} room */
const ownFaces = (room) => Object.keys(FACES).filter((face) => face.startsWith(`${room}/`))

/**
 * Each outside package is imported only in its room.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function packageRooms(sources) {
  return sources
    .filter(({ path }) => MADE_OF.test(path))
    .flatMap(({ path, imports }) => {
      const allowed = ROOMS[roomOf(path) ?? '']?.packages ?? []
      return imports
        .filter(({ kind, to }) => kind === 'package' && !allowed.includes(to))
        .map(({ to, line }) => ({ path, line, message: `imports ${to}; ${homeOf(to)}` }))
    })
}

/** @param {string} name */
function homeOf(name) {
  const rooms = Object.keys(ROOMS).filter((room) => ROOMS[room]?.packages?.includes(name))
  return rooms.length === 0
    ? 'no room may; give it one in scripts/house/table.mjs'
    : `only ${rooms.join(' and ')} may`
}

/**
 * Node-free rooms reach nothing of Node: no global of its, no `node:` module, neither themselves
 * nor through what they load.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function nodeFree(sources) {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  return sources
    .filter(({ path }) => ROOMS[roomOf(path) ?? '']?.nodeFree === true)
    .flatMap((source) => {
      const own = [
        ...source.globals.map(({ what, line }) => ({ what: `uses ${what}`, line })),
        ...source.imports
          .filter(({ kind }) => kind === 'node')
          .map(({ to, line }) => ({ what: `imports ${to}`, line })),
      ].map(({ what, line }) => ({
        path: source.path,
        line,
        message: `${what}; ${roomOf(source.path)} runs in a page and has nothing of Node`,
      }))
      if (own.length > 0) return own
      const way = wayToNode(source, byPath)
      return way === null
        ? []
        : [{ path: source.path, message: `reaches Node: ${way.join(' → ')}` }]
    })
}

/**
 * The shortest way over loaded files to a `node:` module, or `null`.
 *
 * @param {Source} start @param {ReadonlyMap<string, Source>} byPath
 * @returns {string[] | null}
 */
function wayToNode(start, byPath) {
  const seen = new Set([start.path])
  const ways = [[start.path]]
  for (const way of ways) {
    for (const { kind, to, typeOnly } of byPath.get(way.at(-1) ?? '')?.imports ?? []) {
      if (typeOnly || seen.has(to)) continue
      if (kind === 'node') return [...way, to]
      seen.add(to)
      ways.push([...way, to])
    }
  }
  return null
}

/**
 * Importing `rashomon` loads the packages it must, and nothing else.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function loaded(sources) {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const paths = ['src/index.ts']
  /** @type {Breach[]} */
  const breaches = []
  for (const path of paths)
    for (const { kind, to, typeOnly, lazy, line } of byPath.get(path)?.imports ?? []) {
      if (typeOnly || lazy) continue
      if (kind === 'house' && !paths.includes(to)) paths.push(to)
      if (kind === 'package' && !LOADED.includes(to))
        breaches.push({
          path,
          line,
          message: `importing rashomon loads ${to}; load it with import() where it is used`,
        })
    }
  return breaches
}

/**
 * No file loads itself by way of others; types may go round.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function fileCycles(sources) {
  const next = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter(({ kind, typeOnly }) => kind === 'house' && !typeOnly).map(({ to }) => to),
    ]),
  )
  return cycles(next).map((cycle) => ({
    path: cycle[0] ?? '',
    message: `loads itself: ${cycle.join(' → ')}; take what both need into a file of its own`,
  }))
}

/**
 * No room knows itself by way of others, types included.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function roomCycles(sources) {
  /** @type {Map<string, string[]>} */
  const next = new Map()
  for (const { path, imports } of sources) {
    const room = roomOf(path)
    if (room === null) continue
    const known = imports.filter(({ kind }) => kind === 'house').map(({ to }) => roomOf(to) ?? '')
    next.set(room, [...(next.get(room) ?? []), ...known.filter((other) => other !== room)])
  }
  return cycles(next).map((cycle) => ({
    path: `src/${cycle[0]}`,
    message: `rooms know each other in a circle: ${cycle.join(' → ')}`,
  }))
}

/**
 * One cycle for each node that closes one, first node repeated at the end.
 *
 * @param {ReadonlyMap<string, readonly string[]>} next
 * @returns {string[][]}
 */
export function cycles(next) {
  /** @type {string[][]} */
  const found = []
  /** @type {Map<string, 'open' | 'done'>} */
  const state = new Map()
  /** @type {string[]} */
  const path = []
  /** @param {string} node */
  const visit = (node) => {
    state.set(node, 'open')
    path.push(node)
    for (const other of next.get(node) ?? [])
      if (state.get(other) === 'open') found.push([...path.slice(path.indexOf(other)), other])
      else if (!state.has(other)) visit(other)
    path.pop()
    state.set(node, 'done')
  }
  for (const node of next.keys()) if (!state.has(node)) visit(node)
  return found
}
