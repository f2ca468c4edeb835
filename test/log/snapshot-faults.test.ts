/**
 * A snapshot whose writer is killed at any step, that runs out of disk, or of which any byte is
 * flipped: it is the old one, the new one or none, and never anything else.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSnapshots } from '../../src/log/snapshots.js'
import { work } from './compiled.js'
import { expected, plainly, stateAt } from './snapshot-support.js'
import { folder, LONG, withoutStrace } from './support.js'

const PAGE = { pageSize: 1024 }
const OLD = plainly(stateAt(5))
const NEW = plainly(stateAt(6))

/** Makes a snapshot of the old state. */
function saved(file: string): void {
  const snapshots = openSnapshots(file, PAGE)
  expect(snapshots.write(stateAt(5)).kind).toBe('written')
  snapshots.close()
}

/** What a reader that comes now finds. */
function found(file: string): string | null {
  const snapshots = openSnapshots(file, PAGE)
  const read = plainly(snapshots.read(expected(9)))
  snapshots.close()
  return read
}

/** Every call by which a process changes a file. */
const CALLS = 'pwrite64,ftruncate,unlink,openat'

interface Killed {
  /** Whether it was, before it had done all. */
  readonly killed: boolean
  /** What it left beside the snapshot. */
  readonly journal: boolean
}

/** Runs a process that is killed when it would do the n-th thing to the snapshot or its journal. */
async function killedAt(mode: 'save' | 'piecemeal', file: string, n: number): Promise<Killed> {
  const strace = [
    ...['strace', '-f', '-qq', '-o', '/dev/null', '-P', file, '-P', `${file}-journal`],
    ...['-e', `trace=${CALLS}`, '-e', `inject=${CALLS}:signal=KILL:when=${n}`],
  ]
  const worker = work([mode, file, 6], strace, 'snapshot-worker')
  const how = await worker.ended
  if (how === 0) expect(worker.lines).toEqual(['written'])
  return { killed: how !== 0, journal: existsSync(`${file}-journal`) }
}

const STEPS = LONG ? 1 : 2

test.for([
  ['over an old one', 5],
  ['where there was none', 0],
] as const)('a writer killed at any step, %s', async ([, before], { skip }) => {
  const reason = withoutStrace()
  if (reason !== undefined) return skip(reason)
  const where = folder()
  const left = new Set<string>()
  for (let n = 1; ; n += STEPS) {
    const file = join(where, `${n}.snapshot`)
    if (before > 0) saved(file)
    const { killed, journal } = await killedAt('save', file, n)
    left.add(`${killed} ${journal}`)
    const read = found(file)
    expect([before > 0 ? OLD : null, NEW], `killed at step ${n}`).toContain(read)
    expect(existsSync(`${file}-journal`)).toBe(false)
    if (!killed) {
      expect(read).toBe(NEW)
      break
    }
    // Whatever was left, the next one goes on from it.
    const snapshots = openSnapshots(file, PAGE)
    expect(snapshots.write(stateAt(7)).kind).toBe('written')
    expect(plainly(snapshots.read(expected(9)))).toBe(plainly(stateAt(7)))
    snapshots.close()
  }
  // It was killed in the middle of a transaction as well as outside of one.
  expect([...left]).toEqual(expect.arrayContaining(['true true', 'true false', 'false false']))
})

test('a writer that puts arrays over the old ones is caught', async ({ skip }) => {
  const reason = withoutStrace()
  if (reason !== undefined) return skip(reason)
  const where = folder()
  const read = new Set<string | null>()
  for (let n = 1; n < 60; n += 4) {
    const file = join(where, `${n}.snapshot`)
    saved(file)
    const { killed } = await killedAt('piecemeal', file, n)
    read.add(trusting(file))
    if (!killed) break
  }
  const mixed = [...read].filter((one) => one !== arraysOf(5) && one !== arraysOf(6))
  expect(mixed).not.toEqual([])
})

const arraysOf = (at: number): string =>
  stateAt(at)
    .sections.flatMap((section) => [...section.arrays.values()])
    .map((view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex'))
    .join(' ')

/** The arrays as a reader finds them that asks for no checksum; `null` where it finds none. */
function trusting(file: string): string | null {
  const raw = new Database(file)
  try {
    const rows = raw.prepare('SELECT bytes FROM arrays ORDER BY number').pluck().all() as Buffer[]
    return rows.map((bytes) => bytes.toString('hex')).join(' ')
  } catch {
    return null
  } finally {
    raw.close()
  }
}

test('any byte flipped: the same state or none, and the next write mends it', () => {
  const where = folder()
  const file = join(where, 'x.snapshot')
  saved(file)
  const whole = readFileSync(file)
  let none = 0
  let misled = 0
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole)
    flipped[at]! ^= 1 << (at % 8)
    writeFileSync(file, flipped)
    const read = found(file)
    if (read === null) none++
    else expect(read, `byte ${at}`).toBe(OLD)
    if (at % 97 === 0) {
      const trusted = trusting(file)
      if (trusted !== null && trusted !== arraysOf(5)) misled++
    }
    if (at % 53 !== 0) continue
    const snapshots = openSnapshots(file, PAGE)
    const { kind } = snapshots.write(stateAt(6))
    // The mark by which it is recognised is what keeps it from being overwritten.
    if (at < 68 || at > 71) expect(kind, `byte ${at}`).toBe('written')
    expect([null, NEW]).toContain(plainly(snapshots.read(expected(9))))
    snapshots.close()
    for (const each of [file, `${file}-journal`]) rmSync(each, { force: true })
  }
  expect(none).toBeGreaterThan(1500)
  // A reader that asks for no checksum would have answered with something else.
  expect(misled).toBeGreaterThan(5)
})

test('a disk of any size: the old one stays, or the new one is there', ({ skip }) => {
  const disk = mkdtempSync(join(tmpdir(), 'rashomon-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], {
    encoding: 'utf8',
  })
  onTestFinished(() => {
    if (mounted.status === 0) spawnSync('umount', [disk])
    rmSync(disk, { recursive: true, force: true })
  })
  if (mounted.status !== 0) return skip(`a tmpfs cannot be mounted here: ${mounted.stderr}`)
  const file = join(disk, 'x.snapshot')
  const ballast = join(disk, 'ballast')
  const original = join(folder(), 'x.snapshot')
  saved(original)
  const outcomes = new Set<string>()
  for (let free = 4; free <= 60; free += 4) {
    for (const before of ['an old one', 'none']) {
      for (const each of [file, `${file}-journal`, ballast]) rmSync(each, { force: true })
      if (before === 'an old one') copyFileSync(original, file)
      const taken = before === 'an old one' ? readFileSync(file).length : 0
      const room = 64 * 1024 - Math.ceil(taken / 4096) * 4096 - free * 1024
      if (room > 0) writeFileSync(ballast, Buffer.alloc(room))
      const snapshots = openSnapshots(file, PAGE)
      const { kind } = snapshots.write(stateAt(6))
      const read = plainly(snapshots.read(expected(9)))
      snapshots.close()
      outcomes.add(kind)
      const kept = before === 'an old one' ? OLD : null
      expect(read, `${free} KiB free, ${before} there`).toBe(kind === 'written' ? NEW : kept)
    }
  }
  expect([...outcomes].sort()).toEqual(['failed', 'written'])
})

test('a folder that is not there: nothing is saved, nothing is read', () => {
  const file = join(folder(), 'no-such-folder', 'x.snapshot')
  const snapshots = openSnapshots(file)
  expect(snapshots.read(expected(9))).toBeNull()
  expect(snapshots.write(stateAt(5))).toMatchObject({ kind: 'failed' })
  expect(snapshots.forget()).toBe(false)
})

test('a disk that is for reading alone: what is there is read, nothing is written', ({ skip }) => {
  const disk = mkdtempSync(join(tmpdir(), 'rashomon-disk-'))
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', disk], {
    encoding: 'utf8',
  })
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', [disk])
    rmSync(disk, { recursive: true, force: true })
  })
  if (status !== 0) return skip(`a tmpfs cannot be mounted here: ${stderr}`)
  const file = join(disk, 'x.snapshot')
  saved(file)
  expect(spawnSync('mount', ['-o', 'remount,ro', disk]).status).toBe(0)
  const snapshots = openSnapshots(file)
  expect(plainly(snapshots.read(expected(9)))).toBe(OLD)
  expect(snapshots.write(stateAt(6))).toMatchObject({ kind: 'failed' })
  expect(snapshots.forget()).toBe(false)
  expect(plainly(snapshots.read(expected(9)))).toBe(OLD)
  snapshots.close()
})
