/**
 * The README does what it shows. Blocks marked `json NAME`, `js NAME` and `csv NAME` are files; lines of
 * `console` blocks that begin with `$ ` are run, in order, in one folder with the built program, and must
 * answer as printed. Commands that name `$RASHOMON_DATA` find the data of others in `data`; they, and what
 * is asked of the logs that they fill, say that they were skipped where it is not. `RASHOMON_README=write` prints the answers anew.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../src/cli/commands.js'
import { mappingSchema } from '../src/exchange/csv/schema.js'
import { bare, folder, main, packageFolder } from './cli/program.js'
import { dataFolder, NO_DATA } from './data/folder.js'

const TOP = fileURLToPath(new URL('..', import.meta.url))
const README = join(TOP, 'README.md')
const text = readFileSync(README, 'utf8')

interface Block {
  readonly language: string
  readonly name: string
  readonly body: string
  /** Where the body stands in the text. */
  readonly from: number
}

const blocks: readonly Block[] = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ({ 0: whole, 1: language = '', 2: name = '', 3: body = '', index }) => ({
    language,
    name,
    body,
    from: index + whole.indexOf('\n') + 1,
  }),
)

const here = folder()
const bin = join(here, 'bin')
mkdirSync(bin)
symlinkSync(main, join(bin, 'rashomon'))
mkdirSync(join(here, 'node_modules'))
symlinkSync(packageFolder, join(here, 'node_modules/rashomon'))
for (const name of ['zod', 'rxjs'])
  symlinkSync(join(TOP, 'node_modules', name), join(here, 'node_modules', name))
mkdirSync(join(here, 'scripts'))
symlinkSync(join(TOP, 'scripts/mappings'), join(here, 'scripts/mappings'))
const data = dataFolder('.')
if (data !== null) symlinkSync(data, join(here, 'data'))
for (const { name, body } of blocks) if (name !== '') writeFileSync(join(here, name), body)

/** What a shell in the folder prints, both streams in order. */
function run(command: string): string {
  const { stdout } = spawnSync('bash', ['-c', `( ${command} ) 2>&1`], {
    cwd: here,
    encoding: 'utf8',
    env: {
      ...bare,
      RASHOMON_DATA: 'data',
      PATH: `${bin}${delimiter}${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    },
  })
  return stdout
}

/** Commands of a block, each with what is printed under it. */
function commandsIn({ body }: Block): { command: string; printed: string }[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { command: part.slice(0, end), printed: part.slice(end + 1) }
    })
}

/** Logs that are filled from the data of others; what is asked of them needs it as well. */
const filled = new Set(
  [...text.matchAll(/^\$ .*\$RASHOMON_DATA.* --log (\S+)$/gm)].map(([, log]) => log),
)
const overData = (command: string) =>
  command.includes('$RASHOMON_DATA') ||
  (!command.startsWith('rashomon record') && filled.has(/ --log (\S+)$/.exec(command)?.[1] ?? ''))

const consoles = blocks.filter(({ language }) => language === 'console')
if (process.env.RASHOMON_README === 'write') {
  let fresh = ''
  let at = 0
  for (const block of consoles) {
    const said = commandsIn(block).map(({ command, printed }) => {
      const answer = data === null && overData(command) ? printed : run(command)
      return `${`$ ${command}\n${answer}`.trimEnd()}\n`
    })
    fresh += text.slice(at, block.from) + said.join('\n').replace(/\n*$/, '\n')
    at = block.from + block.body.length
  }
  writeFileSync(README, fresh + text.slice(at))
} else {
  describe('what the README shows', () => {
    for (const block of consoles)
      for (const { command, printed } of commandsIn(block))
        test(`$ ${command}`, ({ skip }) => {
          if (data === null && overData(command)) return skip(NO_DATA)
          expect(run(command).trimEnd()).toBe(printed.trimEnd())
        })
  })
}

/** Where the types are while what is built has none. */
const SOURCES = {
  rashomon: [join(TOP, 'src/index.ts')],
  'rashomon/projections': [join(TOP, 'projections/index.ts')],
}

test('its programs are typed', () => {
  const names = blocks
    .filter(({ language }) => language === 'js')
    .map(({ name }) => join(here, name))
  expect(names.length).toBeGreaterThan(1)
  const program = ts.createProgram(names, {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [join(TOP, 'node_modules/@types')],
    ...(packageFolder === TOP ? {} : { paths: SOURCES }),
  })
  const complaints = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || names.includes(file.fileName))
  expect(
    complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ).toEqual([])
})

test('its documents are JSON, and its links lead somewhere', () => {
  for (const { language, body } of blocks)
    if (language === 'json') expect(() => JSON.parse(body)).not.toThrow()
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(
    ([, title = '']) =>
      `#${title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-')}`,
  )
  for (const [, to = ''] of text.matchAll(/\]\((#[^)]+)\)/g)) expect(headings).toContain(to)
})

test('it names both commands and every one of the command line', () => {
  expect(text).toContain('npm ci && npm run demo')
  expect(text).toContain('npm ci && npm test')
  for (const { name } of COMMANDS)
    expect(text).toMatch(new RegExp(`rashomon ${name}\\b|\`${name}\\b`))
})

/** Names of all fields in a JSON Schema. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' ? [...Object.keys(value), ...fieldsOf(value)] : fieldsOf(value),
  )
}

test('it names every field of a mapping file', () => {
  const chapter = text.slice(text.indexOf('\n## Mapping files\n'))
  const documented = chapter.slice(0, chapter.indexOf('\n## ', 1))
  const fields = new Set(fieldsOf(mappingSchema()))
  expect(fields.size).toBeGreaterThan(30)
  const report = ['claim', 'when', 'until', 'attribution', 'published', 'citation', 'batch', 'desk']
  const missing = [...fields].filter(
    (field) =>
      !report.includes(field) &&
      !documented.includes(`\`${field}\``) &&
      !documented.includes(`"${field}"`),
  )
  expect(missing).toEqual([])
})
