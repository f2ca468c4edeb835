/**
 * A disk that loses power. Of each file, what was done before its last sync is there; of what was
 * done after it, any part may be there, in any order, and a write may be torn at the borders of
 * sectors. A name that was given or taken away after the folder's last sync may stand for what it
 * stood for at any time since. The folder itself was there before.
 */

import type { Done } from './power-trace.js'
import { chance, pick, shuffled } from './power-words.js'

/** What of the unsynced is there: none of it, all of it, or some, as a seed has it. */
export type Luck = 'nothing' | 'everything' | number

/** The bytes of every file that a name stands for. */
export type Image = ReadonlyMap<string, Buffer>

type Change = Extract<Done, { what: 'written' | 'cut' }>

interface File {
  synced: Buffer
  unsynced: Change[]
}

export interface Disk {
  /** Whether power lost now leaves anything to luck. */
  atStake(): boolean
  take(done: Done): void
  after(luck: Luck): Image
}

export function createDisk(): Disk {
  const files = new Map<number, File>()
  /** What each name has stood for since the folder's last sync, which comes first. */
  const names = new Map<string, (number | undefined)[]>()

  const fileOf = (number: number): File => {
    let file = files.get(number)
    if (file === undefined) {
      file = { synced: Buffer.alloc(0), unsynced: [] }
      files.set(number, file)
    }
    return file
  }
  const point = (name: string, file: number | undefined) =>
    names.set(name, [...(names.get(name) ?? [undefined]), file])

  const take = (done: Done): void => {
    switch (done.what) {
      case 'made':
        point(done.name, done.file)
        return
      case 'removed':
        point(done.name, undefined)
        return
      case 'written':
      case 'cut':
        fileOf(done.file).unsynced.push(done)
        return
      case 'synced': {
        const file = fileOf(done.file)
        file.synced = changed(file.synced, file.unsynced)
        file.unsynced = []
        return
      }
      case 'names synced':
        for (const [name, stood] of names) names.set(name, stood.slice(-1))
        return
      case 'printed':
    }
  }

  const after = (luck: Luck): Image => {
    const random = chance(typeof luck === 'number' ? luck : 0)
    const survivors: Survivors =
      typeof luck === 'number' ? some(random) : luck === 'nothing' ? () => [] : (all) => all
    const image = new Map<string, Buffer>()
    for (const [name, stood] of names) {
      const which =
        typeof luck === 'number' ? pick(random, stood) : stood.at(luck === 'nothing' ? 0 : -1)
      if (which === undefined) continue
      const { synced, unsynced } = fileOf(which)
      image.set(name, changed(synced, survivors(unsynced)))
    }
    return image
  }

  return {
    atStake: () =>
      [...names.values()].some(
        (stood) =>
          stood.length > 1 ||
          stood.some((file) => file !== undefined && fileOf(file).unsynced.length > 0),
      ),
    take,
    after,
  }
}

/** A file with changes made to it, in their order; what was never written is zero. */
function changed(before: Buffer, changes: readonly Change[]): Buffer {
  let size = before.length
  let most = size
  for (const change of changes) {
    size = change.what === 'cut' ? change.size : Math.max(size, change.at + change.bytes.length)
    most = Math.max(most, size)
  }
  const bytes = Buffer.alloc(most)
  before.copy(bytes)
  let end = before.length
  for (const change of changes) {
    if (change.what === 'written') {
      change.bytes.copy(bytes, change.at)
      end = Math.max(end, change.at + change.bytes.length)
    } else {
      bytes.fill(0, change.size, Math.max(end, change.size))
      end = change.size
    }
  }
  return bytes.subarray(0, size)
}

type Survivors = (unsynced: readonly Change[]) => readonly Change[]

/** How often a change is there, file by file: rarely, often, and now and then never or always. */
const SHARES = [0, 0.1, 0.5, 0.9, 1]
const SECTORS = [512, 4096, Number.POSITIVE_INFINITY]

function some(random: () => number): Survivors {
  const sector = pick(random, SECTORS)
  return (unsynced) => {
    const share = pick(random, SHARES)
    const kept = unsynced.flatMap((change) => torn(change, sector)).filter(() => random() < share)
    return shuffled(kept, random)
  }
}

/** A write in pieces that end where sectors of the disk do. */
function torn(change: Change, sector: number): Change[] {
  if (change.what === 'cut' || sector === Number.POSITIVE_INFINITY) return [change]
  const pieces: Change[] = []
  const end = change.at + change.bytes.length
  for (let at = change.at; at < end; ) {
    const next = Math.min(end, at - (at % sector) + sector)
    pieces.push({ ...change, at, bytes: change.bytes.subarray(at - change.at, next - change.at) })
    at = next
  }
  return pieces
}
