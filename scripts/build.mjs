// Compiles the library and the command line into dist/, from nothing.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stampBuilt } from './built.mjs'

const top = fileURLToPath(new URL('..', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
rmSync(join(top, 'dist'), { recursive: true, force: true })
const { status } = spawnSync(process.execPath, [tsc, '-p', 'scripts/tsconfig.build.json'], {
  cwd: top,
  stdio: 'inherit',
})
const main = join(top, 'dist/src/cli/main.js')
if (existsSync(main)) chmodSync(main, 0o755)
if (status === 0) stampBuilt(top)
process.exitCode = status ?? 1
