import { expect, test } from 'vitest'
import { cycles } from '../../scripts/house/imports.mjs'
import { FACES, LOADED, ROOMS, roomOf } from '../../scripts/house/table.mjs'
import { checkHouse, filesOf } from '../../scripts/house.mjs'

/** A small house in which every rule is kept. */
const SOUND = {
  'package.json': '{}',
  '.npmrc': 'fund=false',
  'README.md': 'npm ci && npm test',
  'src/errors.ts': 'export class RashomonError extends Error {}',
  'src/time/instant.ts':
    "import { RashomonError } from '../errors.js'\nexport const print = (at: number) => { if (at > 9) throw new RashomonError(); return new Date(at).toISOString() }",
  'src/time/clock.ts': 'export const now = () => Date.now()',
  'src/time/zone.ts': "import { Temporal } from 'temporal-polyfill'\nexport const zone = Temporal",
  'src/report/types.ts': "import { z } from 'zod'\nexport type Report = z.infer<typeof z>",
  'src/log/contract.ts':
    "import type { Report } from '../report/types.js'\nexport type Log = Report[]",
  'src/integrity/hash.ts':
    "import { createHash } from 'node:crypto'\nimport type { Log } from '../log/contract.js'\nexport const hash = (log: Log) => createHash('sha256').update(String(log))",
  'src/log/sqlite.ts':
    "import Database from 'better-sqlite3'\nimport { hash } from '../integrity/hash.js'\nimport { memory } from './memory.js'\nexport const open = () => [Database, hash, memory]",
  'src/log/memory.ts': 'export const memory = []',
  'src/fold/projection.ts':
    "import { produce } from 'immer'\nimport type { Log } from '../log/contract.js'\nexport const fold = (log: Log) => produce(log, () => {})",
  'src/reading/types.ts': 'export type Reading = { valid: string }',
  'src/weigh/latest.ts':
    "import type { Reading } from '../reading/types.js'\nexport const latest = (reading: Reading) => reading",
  'src/reading/view.ts': "import { latest } from '../weigh/latest.js'\nexport const view = latest",
  'src/registry/names.ts':
    "export const nearest = async () => (await import('fastest-levenshtein')).distance",
  'src/define.ts':
    "export { fold } from './fold/projection.js'\nexport type { Reading } from './reading/types.js'",
  'projections/control.ts': "import { fold } from '../src/define.js'\nexport const control = fold",
  'projections/index.ts': "export { control } from './control.js'",
  'src/stream/watch.ts': "import { Observable } from 'rxjs'\nexport const watch = Observable",
  'src/timeline.ts': "import { watch } from './stream/watch.js'\nexport const open = watch",
  'src/index.ts':
    "import { control } from '../projections/control.js'\nexport { open } from './timeline.js'\nexport const bound = control",
  'src/testing/aleppo.ts': 'export const aleppo = []',
  'src/testing/laws.ts':
    "import fc from 'fast-check'\nimport { control } from '../../projections/control.js'\nimport { aleppo } from './aleppo.js'\nexport const laws = [fc, control, aleppo]",
  'src/exchange/jsonl.ts': "import { open } from '../index.js'\nexport const read = open",
  'src/cli/main.ts':
    "import { Command } from 'commander'\nexport const main = () => import('./demo.js').then(() => Command)",
  'src/cli/demo.ts':
    "import { read } from '../exchange/jsonl.js'\nimport { aleppo } from '../testing/aleppo.js'\nexport const demo = [read, aleppo, process.argv]",
  'test/any.test.ts': 'export const when = [Date.now(), Math.random(), new Date()]',
  'package-lock.json': '{ "version": "1.0.0" }',
}

/** Messages about one house with some files put in the place of the sound ones. */
function breaches(files: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries({ ...SOUND, ...files }))
  const { breaches } = checkHouse(texts)
  return breaches.map(({ path, message }) => `${path}: ${message}`)
}

/** The one thing said of a house with these files, which must be about the first of them. */
function onlyBreach(files: Readonly<Record<string, string>>): string {
  const said = breaches(files)
  expect(said).toHaveLength(1)
  return said[0] ?? ''
}

const load = (specifier: string) => `import { x } from '${specifier}'\nexport const y = x`
const types = (specifier: string) => `import type { X } from '${specifier}'\nexport type Y = X`

test('a sound house breaks no rule', () => {
  expect(breaches({})).toEqual([])
})

test.each([
  ['src/time/zone.ts', '../report/types.js', 'time imports report'],
  ['src/report/types.ts', '../log/contract.js', 'report imports log/contract'],
  ['src/integrity/hash.ts', '../log/memory.js', 'integrity imports log'],
  ['src/log/contract.ts', './memory.js', 'log/contract imports log'],
  ['src/fold/order.ts', '../reading/types.js', 'fold imports reading/types'],
  ['src/weigh/latest.ts', '../reading/view.js', 'weigh imports reading'],
  ['src/weigh/latest.ts', '../stream/watch.js', 'weigh imports stream'],
  ['src/registry/entries.ts', '../weigh/latest.js', 'registry imports weigh'],
  ['src/reading/diff.ts', '../timeline.js', 'reading imports timeline'],
  ['src/stream/play.ts', '../timeline.js', 'stream imports timeline'],
  ['src/timeline.ts', './index.js', 'timeline imports index'],
  ['src/timeline.ts', '../projections/control.js', 'timeline imports projections'],
  ['src/reading/diff.ts', '../../projections/control.js', 'reading imports projections'],
  ['src/define.ts', './time/instant.js', 'define imports time'],
  ['src/define.ts', './reading/view.js', 'define imports reading'],
  ['projections/control.ts', '../src/fold/projection.js', 'projections imports fold'],
  ['projections/control.ts', '../src/index.js', 'projections imports index'],
  ['src/index.ts', './testing/laws.js', 'index imports testing'],
  ['src/index.ts', './exchange/jsonl.js', 'index imports exchange'],
  ['src/testing/laws.ts', '../cli/demo.js', 'testing imports cli'],
  ['src/exchange/jsonl.ts', '../timeline.js', 'exchange imports timeline'],
  ['src/exchange/jsonl.ts', '../../projections/control.js', 'exchange imports projections'],
  ['src/cli/demo.ts', '../reading/view.js', 'cli imports reading'],
  ['src/cli/demo.ts', '../testing/laws.js', 'cli imports testing'],
  ['src/time/zone.ts', '../../scripts/build.mjs', 'time imports what is in no room'],
])('%s may not import %s, nor types of it', (path, specifier, said) => {
  for (const text of [load(specifier), types(specifier)])
    expect(breaches({ [path]: text }).join('\n')).toContain(`${path}: ${said}`)
})

test.each([
  ['export … from', "export { x } from '../weigh/latest.js'"],
  ['export type … from', "export type { X } from '../weigh/latest.js'"],
  ['an import for effect', "import '../weigh/latest.js'"],
  ['import()', "export const x = () => import('../weigh/latest.js')"],
  ['a type import()', "export type X = typeof import('../weigh/latest.js')"],
])('an import is seen when written as %s', (_, text) => {
  expect(onlyBreach({ 'src/registry/form.ts': text })).toMatch(
    /^src\/registry\/form.ts: registry imports/,
  )
})

test('words about imports are no imports', () => {
  const text = `// import { x } from '../weigh/latest.js'\nexport const x = "import '../weigh/latest.js'"`
  expect(breaches({ 'src/registry/form.ts': text })).toEqual([])
})

test('a room that the table does not hold is a breach', () => {
  expect(onlyBreach({ 'src/kitchen/pan.ts': 'export const pan = 1' })).toContain('room "kitchen"')
  expect(onlyBreach({ 'src/kitchen.ts': 'export const pan = 1' })).toContain('room "kitchen"')
})

test.each([
  ['src/timeline.ts', 'rxjs', 'only stream may'],
  ['src/fold/order.ts', 'zod', 'only report and exchange may'],
  ['src/reading/diff.ts', 'immer', 'only fold may'],
  ['src/integrity/store.ts', 'better-sqlite3', 'only log may'],
  ['src/fold/order.ts', 'canonicalize', 'only report and integrity may'],
  ['src/reading/zone.ts', 'temporal-polyfill/global', 'only time may'],
  ['src/testing/print.ts', '@commander-js/extra-typings', 'only cli may'],
  ['src/cli/demo.ts', 'fastest-levenshtein', 'only registry may'],
  ['src/cli/demo.ts', 'fast-check', 'only testing may'],
  ['src/exchange/csv.ts', 'left-pad', 'no room may'],
])('%s may not import the package %s', (path, specifier, said) => {
  for (const text of [load(specifier), types(specifier)])
    expect(onlyBreach({ [path]: text })).toContain(said)
})

test('importing rashomon loads no other package than it must', () => {
  const text = "import { distance } from 'fastest-levenshtein'\nexport const nearest = distance"
  expect(breaches({ 'src/registry/names.ts': text })).toEqual([])
  expect(
    onlyBreach({
      'src/registry/names.ts': text,
      'src/reading/view.ts': load('../registry/names.js'),
      'src/timeline.ts': load('./reading/view.js'),
    }),
  ).toContain('src/registry/names.ts: importing rashomon loads fastest-levenshtein')
  expect(LOADED.length).toBe(7)
})

test.each([
  ['time', 'src/time/zone.ts'],
  ['report', 'src/report/form.ts'],
  ['fold', 'src/fold/order.ts'],
  ['reading', 'src/reading/diff.ts'],
  ['weigh', 'src/weigh/rated.ts'],
])('%s has nothing of Node', (room, path) => {
  const said = `${path}: %; ${room} runs in a page and has nothing of Node`
  for (const specifier of ['node:fs', 'fs/promises', 'crypto']) {
    const module = specifier.startsWith('node:') ? specifier : `node:${specifier}`
    expect(onlyBreach({ [path]: load(specifier) })).toBe(said.replace('%', `imports ${module}`))
  }
  expect(onlyBreach({ [path]: types('node:fs') })).toBe(said.replace('%', 'imports node:fs'))
  expect(onlyBreach({ [path]: 'export const x = Buffer.from("x")' })).toBe(
    said.replace('%', 'uses Buffer'),
  )
  expect(onlyBreach({ [path]: 'export const x = process.env' })).toBe(
    said.replace('%', 'uses process'),
  )
})

test('a room without Node reaches none through others either', () => {
  const said = breaches({
    'src/registry/kept.ts': load('node:fs'),
    'src/registry/entries.ts': load('./kept.js'),
    'src/reading/view.ts': load('../registry/entries.js'),
  })
  expect(said).toEqual([
    'src/reading/view.ts: reaches Node: src/reading/view.ts → src/registry/entries.ts → src/registry/kept.ts → node:fs',
  ])
})

test('types alone reach nothing', () => {
  expect(
    breaches({
      'src/registry/kept.ts': load('node:fs'),
      'src/reading/view.ts': types('../registry/kept.js'),
    }),
  ).toEqual([])
})

test('files do not load each other in a circle; types may', () => {
  const there = { 'src/log/memory.ts': load('./sqlite.js') }
  expect(onlyBreach(there)).toContain(
    'loads itself: src/log/sqlite.ts → src/log/memory.ts → src/log/sqlite.ts',
  )
  expect(breaches({ 'src/log/memory.ts': types('./sqlite.js') })).toEqual([])
})

test('rooms that know each other are a breach, types included', () => {
  const said = breaches({
    'src/time/zone.ts': types('../report/types.js'),
    'src/report/types.ts': types('../time/zone.js'),
  })
  expect(said.join('\n')).toMatch(/circle: (report → time → report|time → report → time)/)
})

test('the table itself has no circle, and names only rooms and faces', () => {
  const next = new Map(Object.entries(ROOMS).map(([room, { knows }]) => [room, knows]))
  expect(cycles(next)).toEqual([])
  for (const known of [...next.values()].flat()) expect(Object.keys(ROOMS)).toContain(known)
  for (const [face, path] of Object.entries(FACES)) {
    expect(Object.keys(ROOMS)).toContain(face)
    expect(roomOf(path)).toBe(face)
  }
})

test.each([
  ['export *', "export * from './memory.js'"],
  ['export *', "export * as memory from './memory.js'"],
  ['export default', 'export default 1'],
  ['export default', 'export default function memory() {}'],
  ['export default', 'const x = 1\nexport { x as default }'],
])('public names are listed: %s is a breach', (what, text) => {
  expect(onlyBreach({ 'src/log/more.ts': text })).toBe(`src/log/more.ts: ${what}; list each name`)
})

test.each([
  ['Date.now', 'export const x = Date.now()'],
  ['Date.now', 'export const x = [1].map(Date.now)'],
  ['new Date()', 'export const x = new Date()'],
  ['new Date()', 'export const x = new Date'],
  ['Date', 'export const x = Date()'],
  ['Date', 'export const { now } = Date'],
  ['Math.random', 'export const x = Math.random()'],
  ['Math', 'export const { random } = Math'],
  ['Temporal.Now', 'export const x = Temporal.Now.instant()'],
])('%s is a breach outside the clock: %s', (what, text) => {
  for (const path of ['src/time/instant.ts', 'src/log/more.ts', 'projections/control.ts'])
    expect(breaches({ [path]: text })).toContain(
      `${path}: ${what}; only src/time/clock.ts reads the clock or chance, the rest is given one`,
    )
  expect(
    breaches({ 'src/time/clock.ts': text, 'test/x.test.ts': text, 'scripts/x.mjs': text }),
  ).toEqual([])
})

test('dates are made of instants in time, and where answers are printed', () => {
  for (const text of ['export const x = new Date(0)', 'export const x = Date.UTC(2015)']) {
    for (const path of ['src/log/more.ts', 'src/timeline.ts', 'projections/control.ts'])
      expect(breaches({ [path]: text }).join()).toContain('instants are made and printed')
    for (const room of ['time', 'cli', 'testing'])
      expect(breaches({ [`src/${room}/more.ts`]: text })).toEqual([])
  }
  for (const text of [
    'export const x = (y: Date | object) => y instanceof Date',
    'export const x = { Date: Math.max(1, 2) }.Date',
    'export interface Date { now: number }',
  ])
    expect(breaches({ 'src/log/more.ts': text })).toEqual([])
})

test('a file of more than 450 lines is a breach, one of more than 300 a warning', () => {
  const lines = (count: number) => 'export {}\n'.repeat(count)
  expect(onlyBreach({ 'src/log/more.ts': lines(451) })).toContain('451 lines')
  expect(onlyBreach({ 'test/more.test.ts': lines(451) })).toContain('451 lines')
  for (const [count, warned] of [
    [300, 0],
    [301, 1],
    [450, 1],
  ] as const) {
    const texts = new Map(Object.entries({ ...SOUND, 'src/log/more.ts': lines(count) }))
    const { breaches, warnings } = checkHouse(texts)
    expect([breaches.length, warnings.length]).toEqual([0, warned])
  }
})

test('every test runs: a focused one is a breach', () => {
  const focused = ['test', 'only("x", () => {})'].join('.')
  expect(onlyBreach({ 'test/x.test.ts': focused })).toContain('every test runs')
})

test.each([['notes.md'], ['docs/idea.md'], ['tsconfig.build.json'], ['bench/run.mjs']])(
  'there is no room at the top for %s',
  (path) => {
    expect(onlyBreach({ [path]: '' })).toContain('stands at the top')
  },
)

test('dotfiles may stand at the top', () => {
  expect(breaches({ '.ci/run': 'npm ci', '.editorconfig': '' })).toEqual([])
})

test('the lock file names no registry', () => {
  const resolved = `"resolved": "https://registry.example/zod/-/zod-4.0.0.tgz"`
  expect(onlyBreach({ 'package-lock.json': `{\n${resolved}\n}` })).toContain('names a registry')
  expect(onlyBreach({ '.npmrc': 'registry=https://registry.example' })).toContain('sets a registry')
  expect(breaches({ 'package-lock.json': '{ "funding": "https://example.org/give" }' })).toEqual([])
})

test.each([
  ['README.md', ['run ', 'home', 'ann', 'rashomon']],
  ['test/x.test.ts', ["const at = '", 'Users', "ann'"]],
  ['src/log/more.ts', ['// file://', 'root', 'x']],
])('%s holds no path of a machine', (path, parts) => {
  expect(onlyBreach({ [path]: parts.join('/') })).toContain('holds a path of the machine')
})

test('the path of this very checkout is a breach wherever it stands', () => {
  const here = ['', 'srv', 'checkouts', 'rashomon'].join('/')
  const texts = new Map([['README.md', `cd ${here}/src`]])
  expect(checkHouse(texts, [here]).breaches).toHaveLength(1)
  expect(checkHouse(texts).breaches).toEqual([])
})

test('addresses of pages are no paths of a machine', () => {
  const below = ['src', 'work', 'x'].join('/')
  const text = `see https://example.org/home/ann and ${below}`
  expect(breaches({ 'README.md': text })).toEqual([])
})

test('work left undone is a breach', () => {
  const words = ['TO', 'DO'].join('')
  expect(onlyBreach({ 'src/log/more.ts': `// ${words}: later` })).toContain('work left undone')
})

test('the files of the checkout are its own, not what is built or installed', () => {
  const files = filesOf('.')
  expect(files).toContain('src/errors.ts')
  expect(files).toContain('.npmrc')
  expect(files.filter((path) => /^(node_modules|dist|\.git)\//.test(path))).toEqual([])
})
