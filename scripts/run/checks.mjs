/** The checks that a run of the tests begins with; each counts as one test. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBuilt } from '../built.mjs'

export const TOP = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)

/**
 * Path of the script behind a package's command.
 *
 * @param {string} name @param {string} [command]
 */
export function commandOf(name, command = name) {
  const folder = join(TOP, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/**
 * Runs a script with this Node, its output kept.
 *
 * @param {string} script @param {readonly string[]} args
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function run(script, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: TOP,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    })
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    child.stderr.on('data', (text) => {
      output += text
    })
    child.on('error', (error) => done({ ok: false, output: String(error) }))
    child.on('close', (code) => done({ ok: code === 0, output }))
  })
}

const types = () => run(require.resolve('typescript/bin/tsc'), ['--noEmit', '--pretty', 'false'])
const format = () => run(commandOf('@biomejs/biome', 'biome'), ['ci', '--colors=off', '.'])
const house = () => run(join(TOP, 'scripts/house.mjs'), [])
const build = async () =>
  isBuilt(TOP) ? { ok: true, output: '' } : run(join(TOP, 'scripts/build.mjs'), [])

/** @type {readonly (readonly [name: string, check: () => Promise<{ ok: boolean, output: string }>])[]} */
export const CHECKS = [
  ['types', types],
  ['format and lint', format],
  ['the rules of the house', house],
  ['build', build],
]

/**
 * Puts strace where the fault tests need it, if that can be done here without asking: as root on
 * Debian. Where it cannot, they are skipped and say so.
 *
 * @param {number} [user] who runs this
 */
export function installStrace(user = process.getuid?.()) {
  if (process.platform !== 'linux' || user !== 0) return
  /** @param {string} command @param {readonly string[]} args */
  const works = (command, args) =>
    spawnSync(command, args, {
      stdio: 'ignore',
      timeout: 120_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  if (works('strace', ['-V']) || !works('apt-get', ['--version'])) return
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'strace']
  if (!works('apt-get', install) && works('apt-get', ['update', '-qq'])) works('apt-get', install)
}
