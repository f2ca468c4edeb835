/** The log compiled for other processes, and those processes. */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, onTestFinished } from 'vitest'

const top = fileURLToPath(new URL('../..', import.meta.url))
const own = (url: URL) => relative(top, fileURLToPath(url))
const WORKERS = {
  worker: own(new URL('./worker.ts', import.meta.url)),
  'power-worker': own(new URL('./power-worker.ts', import.meta.url)),
  'snapshot-worker': own(new URL('./snapshot-worker.ts', import.meta.url)),
} as const
/** What the workers share. */
const SHARED = ['./power-words.ts', './snapshot-support.ts'].map((name) =>
  own(new URL(name, import.meta.url)),
)
const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
}

let compiled: string | undefined

afterAll(() => {
  if (compiled !== undefined) rmSync(compiled, { recursive: true, force: true })
  compiled = undefined
})

/** Compiles the rooms that the log loads, once, into a folder that goes when the tests have ended. */
function compile(): string {
  if (compiled !== undefined) return compiled
  const out = mkdtempSync(join(tmpdir(), 'rashomon-compiled-'))
  symlinkSync(join(top, 'node_modules'), join(out, 'node_modules'))
  writeFileSync(join(out, 'package.json'), '{"type":"module"}')
  const inside = (room: string) => readdirSync(join(top, room)).map((name) => `${room}/${name}`)
  const workers = [...Object.values(WORKERS), ...SHARED]
  const sources = ['src/errors.ts', ...workers, ...inside('src/time'), ...inside('src/log')]
  for (const path of sources.filter((name) => name.endsWith('.ts'))) {
    const target = join(out, path.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    const source = readFileSync(join(top, path), 'utf8')
    writeFileSync(target, ts.transpileModule(source, { compilerOptions: OPTIONS }).outputText)
  }
  compiled = out
  return out
}

export interface Worker {
  readonly child: ChildProcess
  /** What it has printed so far, line by line. */
  readonly lines: string[]
  /** Resolves when it has printed a line that begins so; rejects when it ends without. */
  printed(beginning: string): Promise<void>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/**
 * Starts a process on a log's file; `under` is a command that runs it. Ended at the latest with
 * the test.
 */
export function work(
  args: readonly (string | number)[],
  under: readonly string[] = [],
  which: keyof typeof WORKERS = 'worker',
): Worker {
  const script = join(compile(), WORKERS[which].replace(/\.ts$/, '.js'))
  const [command, ...rest] = [...under, process.execPath, script, ...args.map(String)]
  const child = spawn(command as string, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let tail = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (tail + text).split('\n')
    tail = parts.pop() as string
    lines.push(...parts)
    for (const look of waiting) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? (code as number)))
  })
  return {
    child,
    lines,
    ended,
    printed: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!lines.some((line) => line.startsWith(beginning))) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        ended.then((how) => reject(new Error(`ended with ${how}: ${complaints}`)), reject)
        look()
      }),
  }
}
