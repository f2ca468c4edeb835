/** The program as a person runs it: built, in a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll } from 'vitest'
import { isBuilt } from '../../scripts/built.mjs'

const TOP = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(TOP, 'node_modules/.cache/rashomon')

/** Milliseconds for which a build of other sources may still be somebody's. */
const IN_USE = 3_600_000
const GONE = { recursive: true, force: true } as const

/** Folder of a package that is built from what now stands: the checkout, or a copy where its build is stale. */
export const packageFolder = isBuilt(TOP) ? TOP : transpiled()
export const main = join(packageFolder, 'dist/src/cli/main.js')

function ageOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs
}

/** Compiles without checking types into a folder named by the sources, which several test files share. */
function transpiled(): string {
  const sources = ['src', 'projections'].flatMap((folder) =>
    readdirSync(join(TOP, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
      .map((path) => ({ path: join(folder, path), text: '' })),
  )
  const hash = createHash('sha256')
  for (const source of sources) {
    source.text = readFileSync(join(TOP, source.path), 'utf8')
    hash.update(`${source.path}\0${source.text}\0`)
  }
  const made = join(CACHE, hash.digest('hex').slice(0, 16))
  if (existsSync(made)) return made
  mkdirSync(CACHE, { recursive: true })
  for (const old of readdirSync(CACHE).map((name) => join(CACHE, name)))
    if (ageOf(old) > IN_USE) rmSync(old, GONE)
  const making = mkdtempSync(join(CACHE, 'making-'))
  for (const { path, text } of sources) {
    const target = join(making, 'dist', path.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
      },
    })
    writeFileSync(target, outputText)
  }
  copyFileSync(join(TOP, 'package.json'), join(making, 'package.json'))
  chmodSync(join(making, 'dist/src/cli/main.js'), 0o755)
  try {
    renameSync(making, made)
  } catch (error) {
    if (!existsSync(made)) throw error
  }
  return made
}

export interface Ran {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly input?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Nothing of the terminal and the shell that run the tests reaches the program. */
export const bare: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|FORCE_COLOR|NO_COLOR|COLUMNS|CI$|DEBUG$|RASHOMON_|VITEST|NODE_OPTIONS)/.test(name),
  ),
)

export function start(args: readonly string[], { env, cwd }: Running = {}): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    cwd: cwd ?? folder(),
    env: { ...bare, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** Runs the program to its end. */
export function rashomon(args: readonly string[], running: Running = {}): Promise<Ran> {
  const child = start(args, running)
  child.stdin?.on('error', () => {})
  child.stdin?.end(running.input ?? '')
  return ended(child)
}

export function ended(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

/** What `--json` answered, which is all of standard output. */
export async function json<T = Record<string, unknown>>(
  args: readonly string[],
  running: Running = {},
): Promise<T> {
  const ran = await rashomon([...args, '--json'], running)
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as T
}

/** The document on standard error when `--json` was given. */
export interface Refusal {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly place: Readonly<Record<string, unknown>>
    readonly data: Readonly<Record<string, unknown>>
  }
}

const folders: string[] = []

afterAll(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})

/** A new folder, gone when the tests of the file have ended. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rashomon-cli-'))
  folders.push(made)
  return made
}

/** A file with a text in a new folder. */
export function file(name: string, text: string | Uint8Array): string {
  const path = join(folder(), name)
  writeFileSync(path, text)
  return path
}
