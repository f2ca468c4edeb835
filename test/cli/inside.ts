/** The program run inside the process of the tests, which is faster by the start of one. */
import { Readable } from 'node:stream'
import { vi } from 'vitest'
import { run } from '../../src/cli/program.js'
import type { Ran, Refusal, Running } from './program.js'

const SET = ['FORCE_COLOR', 'NO_COLOR', 'COLUMNS', 'CI', 'RASHOMON_LOG', 'npm_command']

/** Runs the program to its end; one at a time. */
export async function inside(
  args: readonly string[],
  { env = {}, input }: Omit<Running, 'cwd'> = {},
): Promise<Ran> {
  let [stdout, stderr] = ['', '']
  const take = (keep: (text: string) => void) => (text: unknown) => {
    keep(String(text))
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(
    take((text) => {
      stdout += text
    }),
  )
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(
    take((text) => {
      stderr += text
    }),
  )
  const stdin = vi
    .spyOn(process, 'stdin', 'get')
    .mockReturnValue(Readable.from(input === undefined ? [] : [Buffer.from(input)]) as never)
  for (const name of SET) vi.stubEnv(name, env[name])
  const before = process.exitCode
  process.exitCode = 0
  try {
    await run(args, '0.0.0')
    return { code: Number(process.exitCode), signal: null, stdout, stderr }
  } finally {
    process.exitCode = before
    vi.unstubAllEnvs()
    for (const spy of [out, err, stdin]) spy.mockRestore()
  }
}

/** What `--json` answered, which is all of standard output. */
export async function answered<T = Record<string, unknown>>(
  args: readonly string[],
  running: Omit<Running, 'cwd'> = {},
): Promise<T> {
  const ran = await inside([...args, '--json'], running)
  if (ran.code !== 0 || ran.stderr !== '') throw new Error(`exit ${ran.code}: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as T
}

/** What `--json` refused: exit code 2, nothing on standard output, one document on standard error. */
export async function refused(
  args: readonly string[],
  running: Omit<Running, 'cwd'> = {},
): Promise<Refusal['error']> {
  const { code, stdout, stderr } = await inside([...args, '--json'], running)
  if (code !== 2 || stdout !== '') throw new Error(`exit ${code}: ${stdout}${stderr}`)
  return (JSON.parse(stderr) as Refusal).error
}
