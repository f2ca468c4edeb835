import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { inside, refused } from './inside.js'
import { ended, file, folder, json, main, type Refusal, rashomon, start } from './program.js'

const EVENING = '2015-11-12T20:00+02:00'
const ESCAPE = String.fromCharCode(27)

let log: string
beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', log])
})

/** Every command, asked for what it does. */
const ASKED: readonly (readonly [string, readonly string[]])[] = [
  ['demo', []],
  ['init', ['--log', 'new.db']],
  ['record', ['-']],
  ['at', [EVENING, 'al-eiss']],
  ['history', ['al-hadher']],
  ['beliefs', ['al-eiss', '--at', EVENING]],
  ['explain', ['al-eiss', '--at', EVENING]],
  ['diff', ['2015-11-12T11:00+02:00', EVENING]],
  ['disputes', ['--at', EVENING]],
  [
    'compare',
    [
      'al-masdar/activists',
      'al-masdar/ground-source',
      '--from',
      '2015-11-11',
      '--to',
      '2015-11-13',
    ],
  ],
  ['reports', []],
  ['places', []],
  ['actors', ['zinki']],
  ['sources', []],
  ['export', ['jsonl', '--out', 'out.jsonl']],
  ['import', ['jsonl', '-']],
  ['doctor', []],
  ['stats', []],
  ['snapshot', []],
  ['rebuild', []],
]

describe('every command', () => {
  test('is asked here', () => {
    expect(ASKED.map(([name]) => name)).toEqual(COMMANDS.map(({ name }) => name))
  })

  test.each(ASKED)('%s answers in words and in JSON', async (name, args) => {
    const cwd = folder()
    const env = { RASHOMON_LOG: name === 'demo' || name === 'init' ? '' : log }
    const input = name === 'record' ? JSON.stringify(aleppo.all) : ''
    const asked = [name, ...args]
    const [words, document] = await Promise.all([
      rashomon(asked, { cwd, env, input }),
      rashomon([...asked, '--json'], { cwd: folder(), env, input }),
    ])
    expect({ code: words.code, complaint: complaint(words.stderr) }).toEqual({
      code: 0,
      complaint: '',
    })
    expect(words.stdout + words.stderr).not.toContain(ESCAPE)
    expect(words.stdout + words.stderr).not.toBe('')
    expect({ code: document.code, stderr: document.stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(document.stdout)).toBeTypeOf('object')
    expect(document.stdout).not.toContain(ESCAPE)
  })

  test.each(COMMANDS.map(({ name }) => name))('%s explains itself with examples', async (name) => {
    const { code, stdout, stderr } = await inside([name, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(new RegExp(`^Usage: rashomon ${name}`))
    expect(stdout).toMatch(new RegExp(`Examples:\\n {2}(\\S.* )?rashomon ${name}`))
    expect(stdout).toContain('--json')
    expect((await inside(['help', name])).stdout).toBe(stdout)
  })

  const READING = [
    'at',
    'history',
    'beliefs',
    'diff',
    'reports',
    'places',
    'export',
    'doctor',
    'stats',
    'rebuild',
  ]
  test.each(READING)('%s says what to run where there is no log', async (name) => {
    const missing = join(folder(), 'missing.db')
    const [, args] = ASKED.find(([command]) => command === name) as (typeof ASKED)[number]
    const error = await refused([name, ...args, '--log', missing])
    expect(error.code).toBe('log-missing')
    expect(error.data.run).toContainEqual(expect.stringContaining(`rashomon init --log ${missing}`))
    const { stderr } = await inside([name, ...args, '--log', missing])
    expect(stderr).toMatch(/run: rashomon init/)
    expect(existsSync(missing)).toBe(false)
  })
})

/** What of standard error is a complaint, and no message. */
const complaint = (stderr: string) => (/error|warn|at /i.test(stderr) ? stderr : '')

describe('usage', () => {
  test.each([
    [['att', '2015'], "unknown command 'att'", ['at']],
    [['recrod'], "unknown command 'recrod'", ['record']],
    [['at', '2015', '--knwon', '3'], "unknown option '--knwon'", ['--known']],
    [['at', '2015', '--jso'], "unknown option '--jso'", ['--json']],
    [['history'], "missing required argument 'place'", undefined],
    [['history', 'a', 'b'], 'too many arguments', undefined],
    [
      ['beliefs', 'a', '--at', '2015', '--by', 'luck'],
      'Allowed choices are known, published',
      undefined,
    ],
    [['export', 'xlsx'], "unknown command 'xlsx'", undefined],
    [[], 'no command given', undefined],
  ])('%j is a mistake of the caller', async (args, message, nearest) => {
    const error = await refused(args)
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(message) })
    expect(error.data.nearest).toEqual(nearest)
    const { code, stdout, stderr } = await inside(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`error: `)
    for (const name of nearest ?? []) expect(stderr).toContain(`nearest: ${name}`)
    expect(stderr).toMatch(/run: rashomon( \w+)? --help/)
  })

  test('options of the program stand before the command or after it', async () => {
    const after = await inside(['at', EVENING, 'al-eiss', '--json', '--log', log])
    const before = await inside(['--json', '--log', log, 'at', EVENING, 'al-eiss'])
    expect(before).toEqual(after)
    expect(before.code).toBe(0)
  })

  test('run by npm, it tells commands as npm runs them', async () => {
    const { stdout } = await inside(['demo'], { env: { npm_command: 'run-script' } })
    expect(stdout).toContain('\n  npx rashomon doctor\n')
  })
})

describe('the process', () => {
  test('errors go to standard error, as words or as one document', async () => {
    const words = await rashomon(['at', '2015', '--log', 'nope.db'])
    expect(words).toMatchObject({ code: 2, stdout: '' })
    expect(words.stderr).toMatch(/^error: /)
    const document = await rashomon(['at', '2015', '--log', 'nope.db', '--json'])
    expect(document).toMatchObject({ code: 2, stdout: '' })
    expect(Object.keys((JSON.parse(document.stderr) as Refusal).error)).toEqual([
      ...['code', 'message', 'place', 'data'],
    ])
  })

  test('colours are there when they are forced, and mark what is disputed', async () => {
    const coloured = await rashomon(['at', EVENING, 'al-eiss', '--log', log], {
      env: { FORCE_COLOR: '1' },
    })
    expect(coloured.stdout).toContain(`${ESCAPE}[31m≠ certainly held fully by`)
    const plain = await rashomon(['at', EVENING, 'al-eiss', '--log', log], {
      env: { FORCE_COLOR: '1', NO_COLOR: '1' },
    })
    expect(plain.stdout).not.toContain(ESCAPE)
  })

  test('reports come in by a pipe', async () => {
    const path = join(folder(), 'piped.db')
    const args = ['record', '-', '--log', path]
    const made = await json<{ head: number }>(args, { input: JSON.stringify(aleppo.all) })
    expect(made.head).toBe(40)
    const wrong = await rashomon(args, { input: '[{"claim":' })
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/where: standard input, row 1, column 11/)
  })

  test('whoever stops reading is not complained about', () => {
    const line = `"${process.execPath}" "${main}" export jsonl --log "${log}" | head -n 1`
    const { stdout, stderr } = spawnSync('bash', ['-c', `${line}; echo "\${PIPESTATUS[0]}"`], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const [first = '', code] = stdout.trim().split('\n')
    expect(JSON.parse(first)).toMatchObject({ position: 1 })
    expect(code).toBe('0')
  })

  test('Ctrl-C ends with 130, and nothing of what was being typed is appended', async () => {
    const path = join(folder(), 'typed.db')
    const child = start(['record', '-', '--log', path])
    // More than a pipe holds: once it is taken, the program is reading.
    const typed = `[{"claim":{"kind":"place","place":"half"}},${' '.repeat(400_000)}`
    await new Promise((resolve) => child.stdin?.write(typed, resolve))
    child.kill('SIGINT')
    expect(await ended(child)).toMatchObject({ code: 130, signal: null, stdout: '' })
    expect(existsSync(path)).toBe(false)
  })

  test('help is there at once', async () => {
    const time = (args: readonly string[]) => {
      const began = performance.now()
      const { status } = spawnSync(process.execPath, args)
      expect(status).toBe(0)
      return performance.now() - began
    }
    const best = (args: readonly string[]) => Math.min(...[1, 2, 3, 4, 5].map(() => time(args)))
    const [bare, help] = [best(['-e', '0']), best([main, '--help'])]
    console.log(
      `--help: ${help.toFixed(0)} ms, node -e 0: ${bare.toFixed(0)} ms, ${(help / bare).toFixed(2)} times`,
    )
    expect(help - bare).toBeLessThan(1_000)
  })

  test('a file that is no log is the store’s failure', async () => {
    const ran = await rashomon(['at', '2015', '--json', '--log', file('not.db', 'no log')])
    expect(ran).toMatchObject({ code: 3, stdout: '' })
    expect((JSON.parse(ran.stderr) as Refusal).error.code).toBe('log-foreign')
  })
})
