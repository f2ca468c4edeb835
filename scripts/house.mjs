// Checks the rules of the house over every file of the checkout; exits with 1 on a breach.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as imports from './house/imports.mjs'
import { readSource } from './house/read.mjs'
import * as rules from './house/rules.mjs'

/**
 * All breaches and warnings of a house.
 *
 * @param {ReadonlyMap<string, string>} texts text of each file, by its path from the top
 * @param {readonly string[]} [here] paths of this machine that no text may hold
 */
export function checkHouse(texts, here = []) {
  const sources = [...texts]
    .filter(([path]) => /\.(ts|mjs)$/.test(path))
    .map(([path, text]) => readSource(path, text))
  const { breaches: long, warnings } = rules.lengths(sources)
  const breaches = [
    ...rules.topLevel([...texts.keys()]),
    ...imports.roomOrder(sources),
    ...imports.roomCycles(sources),
    ...imports.packageRooms(sources),
    ...imports.nodeFree(sources),
    ...imports.loaded(sources),
    ...imports.fileCycles(sources),
    ...rules.namedExports(sources),
    ...rules.clocks(sources),
    ...rules.focusedTests(sources),
    ...long,
    ...[...texts].flatMap(([path, text]) => rules.textRules(path, text, here)),
  ]
  return { breaches, warnings }
}

/** What git knows, and what it would add. */
const OWN = ['--cached', '--others', '--exclude-standard']

/**
 * Paths of the files that belong to the checkout, as git lists them; where there is no git, all but
 * what is built or installed.
 *
 * @param {string} top
 * @param {readonly string[]} [which] of them, as options of `git ls-files`
 * @returns {string[]}
 */
export function filesOf(top, which = OWN) {
  const git = spawnSync('git', ['ls-files', '-z', ...which], {
    cwd: top,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (existsSync(join(top, '.git')) && git.status === 0)
    return git.stdout.split('\0').filter((path) => path !== '' && existsSync(join(top, path)))
  const made = ['node_modules', 'dist', 'coverage', '.git']
  return readdirSync(top)
    .filter((name) => !made.includes(name))
    .flatMap((name) =>
      statSync(join(top, name)).isDirectory()
        ? readdirSync(join(top, name), { recursive: true, encoding: 'utf8' }).map((below) =>
            join(name, below),
          )
        : [name],
    )
    .filter((path) => statSync(join(top, path)).isFile())
}

/** @param {string} top */
function textsOf(top) {
  const files = filesOf(top).map((path) => [path, readFileSync(join(top, path))])
  return new Map(
    /** @type {[string, Buffer][]} */ (files)
      .filter(([, bytes]) => !bytes.includes(0))
      .map(([path, bytes]) => [path, bytes.toString('utf8')]),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const top = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
  const texts = textsOf(top)
  const here = [top, homedir()].filter((path) => path.split('/').length > 2)
  const { breaches, warnings } = checkHouse(texts, here)
  /** @param {string} word @param {import('./house/imports.mjs').Breach} breach */
  const print = (word, { path, line, message }) =>
    console.log(`${word} ${path}${line === undefined ? '' : `:${line}`}: ${message}`)
  for (const warning of warnings) print('long  ', warning)
  for (const breach of breaches) print('breach', breach)
  console.log(`${texts.size} files, ${breaches.length} breaches`)
  process.exitCode = breaches.length === 0 ? 0 : 1
}
