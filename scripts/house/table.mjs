/**
 * Who may know whom: the one table of rooms. `scripts/house.mjs` holds every import against it.
 *
 * A room is a folder of `src/`, or a file that stands directly in it; `projections` is one too. A
 * face is a part of a room that counts as a room of its own, so that its words can be imported
 * where the rest of the room may not be.
 */

/**
 * @typedef {object} Room
 * @property {readonly string[]} knows rooms and faces it may import, types included; itself apart
 * @property {readonly string[]} [packages] outside packages it may import
 * @property {true} [nodeFree] reaches no `node:` module, directly or through others: the page runs it
 */

/** Path prefixes (a file, or all files that begin so) of the faces. */
export const FACES = {
  'log/contract': 'src/log/contract.ts',
  'reading/types': 'src/reading/types.ts',
  'testing/aleppo': 'src/testing/aleppo',
}

const GROUND = ['errors', 'time', 'report']
const ENGINE = [
  ...GROUND,
  'log/contract',
  'integrity',
  'log',
  'fold',
  'reading/types',
  'registry',
  'weigh',
  'reading',
]

/** @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  errors: { knows: [], nodeFree: true },
  time: { knows: ['errors'], packages: ['temporal-polyfill', 'edtf'], nodeFree: true },
  report: { knows: ['errors', 'time'], packages: ['zod', 'canonicalize'], nodeFree: true },
  'log/contract': { knows: GROUND },
  integrity: { knows: [...GROUND, 'log/contract'], packages: ['canonicalize'] },
  log: { knows: [...GROUND, 'log/contract', 'integrity'], packages: ['better-sqlite3'] },
  fold: { knows: [...GROUND, 'log/contract'], packages: ['immer'], nodeFree: true },
  'reading/types': { knows: [...GROUND, 'fold'], nodeFree: true },
  registry: { knows: [...GROUND, 'log/contract', 'fold'], packages: ['fastest-levenshtein'] },
  weigh: { knows: [...GROUND, 'fold', 'registry', 'reading/types'], nodeFree: true },
  reading: {
    knows: [...GROUND, 'log/contract', 'fold', 'reading/types', 'registry', 'weigh'],
    nodeFree: true,
  },
  define: { knows: ['report', 'fold', 'reading/types', 'weigh'], nodeFree: true },
  stream: { knows: ENGINE, packages: ['rxjs'] },
  snapshot: { knows: ENGINE },
  state: { knows: [...ENGINE, 'snapshot'] },
  logged: { knows: [...ENGINE, 'state'] },
  commit: { knows: [...ENGINE, 'state'] },
  recorder: { knows: [...ENGINE, 'state', 'commit'] },
  rehearsal: { knows: [...ENGINE, 'state', 'commit', 'recorder'] },
  readings: { knows: [...ENGINE, 'state'] },
  timeline: {
    knows: [
      ...ENGINE,
      'define',
      'stream',
      'snapshot',
      'state',
      'logged',
      'readings',
      'recorder',
      'rehearsal',
    ],
  },
  projections: { knows: ['define'], nodeFree: true },
  survey: { knows: ENGINE },
  index: {
    knows: [
      ...ENGINE,
      'define',
      'stream',
      'recorder',
      'rehearsal',
      'snapshot',
      'logged',
      'timeline',
      'survey',
      'projections',
    ],
  },
  'testing/aleppo': { knows: [...GROUND, 'define', 'index'] },
  exchange: { knows: ['errors', 'index'], packages: ['zod', 'csv-parse', 'csv-stringify'] },
  testing: {
    knows: [
      ...ENGINE,
      'define',
      'stream',
      'logged',
      'timeline',
      'index',
      'projections',
      'exchange',
      'testing/aleppo',
    ],
    packages: ['fast-check'],
  },
  cli: {
    knows: ['errors', 'index', 'projections', 'exchange', 'testing/aleppo'],
    packages: [
      'commander',
      '@commander-js/extra-typings',
      'picocolors',
      'cli-table3',
      'string-width',
      'cli-progress',
    ],
  },
}

/** The outside packages that importing `rashomon` loads; any other is loaded when asked for. */
export const LOADED = [
  'zod',
  'immer',
  'rxjs',
  'better-sqlite3',
  'canonicalize',
  'temporal-polyfill',
  'edtf',
]

/** What may stand at the top; dotfiles may as well. */
export const TOP = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src',
  'projections',
  'test',
  'scripts',
  'README.md',
  'LICENSE',
]

/** Lines of a source file: above `most` it fails, above `ask` it is named in a warning. */
export const LINES = { ask: 300, most: 450 }

/**
 * The room (or face) a file belongs to, or `null` for a file that is in none.
 *
 * @param {string} path from the top, with `/`
 * @returns {string | null}
 */
export function roomOf(path) {
  for (const [face, prefix] of Object.entries(FACES)) if (path.startsWith(prefix)) return face
  if (path.startsWith('projections/')) return 'projections'
  const [top, next] = path.split('/')
  return top === 'src' && next !== undefined ? next.replace(/\.ts$/, '') : null
}
