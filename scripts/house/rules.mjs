/** The rules of what a file may hold: pure functions from what was read to what breaks them. */
import { MADE_OF } from './imports.mjs'
import { LINES, TOP } from './table.mjs'

/**
 * @typedef {import('./read.mjs').Source} Source
 * @typedef {import('./imports.mjs').Breach} Breach
 */

/**
 * Every public name is listed: no `export *`, no default export.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function namedExports(sources) {
  return sources
    .filter(({ path }) => MADE_OF.test(path))
    .flatMap(({ path, exports }) =>
      exports.map(({ what, line }) => ({ path, line, message: `${what}; list each name` })),
    )
}

const DATED = /^src\/(time|cli|testing)\//

/**
 * The clock and chance are read in `src/time/clock.ts` alone. Dates are made of instants in
 * `src/time`, and by those who print what the engine answers.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function clocks(sources) {
  return sources
    .filter(({ path }) => MADE_OF.test(path) && path !== 'src/time/clock.ts')
    .flatMap(({ path, clocks, dates }) => [
      ...clocks.map(({ what, line }) => ({
        path,
        line,
        message: `${what}; only src/time/clock.ts reads the clock or chance, the rest is given one`,
      })),
      ...(DATED.test(path) ? [] : dates).map(({ what, line }) => ({
        path,
        line,
        message: `${what}; instants are made and printed in src/time`,
      })),
    ])
}

/**
 * Files stay short enough to hold one idea.
 *
 * @param {readonly Source[]} sources
 * @returns {{ breaches: Breach[], warnings: Breach[] }}
 */
export function lengths(sources) {
  const long = sources.filter(({ lines }) => lines > LINES.ask)
  /** @param {Source} source */
  const told = ({ path, lines }) => ({ path, message: `${lines} lines; does it hold two ideas?` })
  return {
    breaches: long.filter(({ lines }) => lines > LINES.most).map(told),
    warnings: long.filter(({ lines }) => lines <= LINES.most).map(told),
  }
}

/**
 * No test runs alone.
 *
 * @param {readonly Source[]} sources
 * @returns {Breach[]}
 */
export function focusedTests(sources) {
  return sources.flatMap(({ path, focused }) =>
    focused.map(({ what, line }) => ({ path, line, message: `${what}; every test runs` })),
  )
}

/**
 * Nothing stands at the top but what the house names, and dotfiles.
 *
 * @param {readonly string[]} paths
 * @returns {Breach[]}
 */
export function topLevel(paths) {
  const tops = [...new Set(paths.map((path) => path.split('/')[0] ?? ''))]
  return tops
    .filter((top) => !top.startsWith('.') && !TOP.includes(top))
    .map((top) => ({
      path: top,
      message: `stands at the top; there is room for ${TOP.join(', ')}`,
    }))
}

const REGISTRY = /"resolved"\s*:\s*"\w+:\/\//
const SETTING = /^\s*(?:\S*:)?(?:registry|_auth\w*|cafile|proxy|https-proxy)\s*=/
const MACHINE = /(?:^|[\s"'`(=[<>]|file:\/\/)\/(?:home|Users|root|work)\/\w/
const UNDONE = new RegExp(
  `\\b(?:${['TO', 'FIX'].map((word) => word + (word === 'TO' ? 'DO' : 'ME')).join('|')})\\b`,
)

/**
 * No text names a registry's host, a path of the machine it was written on, or work left undone.
 *
 * @param {string} path @param {string} text
 * @param {readonly string[]} [here] paths of this machine, such as the checkout's own
 * @returns {Breach[]}
 */
export function textRules(path, text, here = []) {
  const lock = path.endsWith('package-lock.json')
  const settings = path.endsWith('.npmrc')
  return text.split('\n').flatMap((line, index) => {
    /** @param {string} message */
    const breach = (message) => ({ path, line: index + 1, message })
    return [
      ...(lock && REGISTRY.test(line)
        ? [breach('names a registry; lock with omit-lockfile-registry-resolved=true')]
        : []),
      ...(settings && SETTING.test(line)
        ? [breach('sets a registry; leave that to the user')]
        : []),
      ...(MACHINE.test(line) || here.some((own) => line.includes(own))
        ? [breach('holds a path of the machine; write it from the top of the house')]
        : []),
      ...(UNDONE.test(line) ? [breach('work left undone; do it or open an issue')] : []),
    ]
  })
}
