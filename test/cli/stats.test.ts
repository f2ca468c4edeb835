/** `stats`, `snapshot` and `rebuild`, as they are typed. */
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openTimeline } from '../../src/index.js'
import { openSnapshots, snapshotFileOf } from '../../src/log/snapshots.js'
import { openSqliteLog } from '../../src/log/sqlite.js'
import { answered, inside } from './inside.js'
import { folder } from './program.js'

let made: string

beforeAll(async () => {
  made = join(folder(), 'aleppo.db')
  await inside(['demo', '--log', made])
})

/** A copy of the day's log that has no snapshot. */
function copied(): string {
  const log = join(folder(), 'log.db')
  copyFileSync(made, log)
  return log
}

interface Stats {
  readonly size: { readonly snapshot: number }
  readonly snapshots: {
    readonly kind: string
    readonly states: readonly { readonly position: number; readonly fits: boolean }[]
  }
  readonly [more: string]: unknown
}

const stats = (log: string) => answered<Stats>(['stats', '--log', log])
const at = (log: string) => answered(['at', '2015-11-12T20:00+02:00', '--log', log])

test('stats counts what the log holds', async () => {
  const log = copied()
  expect(await stats(log)).toMatchObject({
    log,
    entries: 40,
    commits: 1,
    registry: { places: 7, actors: 15, sources: 4 },
    valid: { from: '2015-11-11T22:00:00.000Z', to: '2015-11-12T17:59:59.999Z' },
    published: { from: '2015-11-12T19:00:00.000Z', to: '2015-11-12T19:00:00.000Z' },
    kinds: expect.arrayContaining([{ kind: 'control', entries: 9 }]),
    snapshots: { kind: 'none', states: [] },
  })
  const { code, stdout, stderr } = await inside(['stats', '--log', log])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/entries +40 in 1 commit\n/)
  expect(stdout).toMatch(/al-masdar\/activists +1 +2015-11-12 10:00–18:00/)
  expect(stdout).toMatch(/snapshot +none; every opening reads the whole log/)
})

test('a snapshot is saved, told of, passed over where it is another log’s, and changes no answer', async () => {
  const log = copied()
  const before = await at(log)
  const file = snapshotFileOf(log)
  const saved = await answered<{ bytes: number }>(['snapshot', '--log', log])
  expect(saved).toEqual({ log, file, position: 40, bytes: saved.bytes })
  expect(existsSync(file)).toBe(true)
  expect((await stats(log)).snapshots).toMatchObject({ states: [{ position: 40, fits: true }] })
  expect(await at(log)).toEqual(before)
  const words = async () =>
    (await inside(['stats', '--log', log])).stdout.match(/ {2}snapshot +(.*)/)?.[1]
  expect(await words()).toMatch(/^at position 40, the head; /)

  const entry = '{"claim":{"kind":"place","place":"elsewhere"}}'
  await inside(['record', '--log', log], { input: entry })
  expect(await words()).toMatch(/^at position 40, 1 entry before the head; /)

  const other = join(folder(), 'other.db')
  await inside(['init', '--log', other])
  copyFileSync(file, snapshotFileOf(other))
  expect((await stats(other)).snapshots).toMatchObject({ states: [{ fits: false }] })
  expect((await inside(['stats', '--log', other])).stdout).toMatch(/of another log .*passed over/)

  writeFileSync(file, 'notes of mine')
  expect(await words()).toMatch(/a file that is none has its name/)
  expect((await inside(['snapshot', '--log', log])).code).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('notes of mine')
})

test('rebuild forgets the snapshot, reads the log again and finds the same answers', async () => {
  const log = copied()
  await inside(['snapshot', '--log', log])
  const { ino } = statSync(snapshotFileOf(log))
  expect(await answered(['rebuild', '--log', log])).toMatchObject({
    entries: 40,
    forgotten: { position: 40 },
    saved: { position: 40 },
    compared: expect.arrayContaining(['2015-11-12T17:59:59.999Z']),
    differ: [],
  })
  expect(statSync(snapshotFileOf(log)).ino === ino || existsSync(snapshotFileOf(log))).toBe(true)
  rmSync(snapshotFileOf(log))
  const { code, stdout } = await inside(['rebuild', '--log', log])
  expect(code).toBe(0)
  expect(stdout).toMatch(/there was no snapshot of this log/)
  expect(stdout).toMatch(/the answers before and after are the same/)
})

test('rebuild finds a snapshot that says something else than the log, and exits with 1', async () => {
  const log = copied()
  await inside(['snapshot', '--log', log])
  bend(log)
  expect(JSON.stringify(await at(log))).not.toEqual(JSON.stringify(await at(made)))
  const { code, stdout } = await inside(['rebuild', '--log', log])
  expect(code).toBe(1)
  expect(stdout).toMatch(/the answers differ at 2015-11-12T/)
  expect((await at(log)).places).toEqual((await at(made)).places)
  expect((await inside(['rebuild', '--log', log])).code).toBe(0)
})

/** Puts every instant of control in the snapshot a century later, with checksums that hold. */
function bend(log: string): void {
  const held = openSqliteLog({
    file: log,
    readonly: true,
    leafHash: () => new Uint8Array(),
    newId: () => '',
  })
  const snapshots = openSnapshots(snapshotFileOf(log))
  const [state] = snapshots.survey().states
  const saved = snapshots.read({
    log: held.id,
    sections: state!.sections,
    leafAt: (position) => held.at(position)?.leaf,
  })!
  for (const { name, arrays } of saved.sections) {
    if (name !== 'control') continue
    const latest = new Float64Array(arrays.get('latest')!.buffer as ArrayBuffer)
    latest.forEach((value, row) => {
      latest[row] = value + 3e12
    })
  }
  expect(snapshots.write(saved).kind).toBe('written')
  snapshots.close()
  held.close()
}

test('a snapshot that a timeline saves is one that another opens with', async () => {
  const log = copied()
  const writer = await openTimeline({ log })
  expect(await writer.snapshot()).toMatchObject({ position: 40 })
  await writer.close()
  const reader = await openTimeline({ log, readonly: true })
  expect(reader.snapshots()).toMatchObject({ kind: 'snapshot', states: [{ position: 40 }] })
  await reader.close()
})
