/** Takes the power away at many points of what a process did to its disk, and judges what is left. */
import { setImmediate } from 'node:timers/promises'
import { judge, type Verdict } from './power-check.js'
import { createDisk, type Disk, type Luck } from './power-disk.js'
import type { Done } from './power-trace.js'
import { chance, shuffled } from './power-words.js'

interface Point {
  /** How many things were done before. */
  readonly count: number
  readonly disk: Disk
  readonly printed: readonly string[]
}

/** Every point at which a loss of power can leave something else than at the one before. */
function* pointsOf(done: readonly Done[]): Iterable<Point> {
  const disk = createDisk()
  const printed: string[] = []
  for (const [index, one] of done.entries()) {
    disk.take(one)
    if (one.what === 'printed') printed.push(one.line)
    // What is printed next finds the same disk, and more that must be on it.
    if (done[index + 1]?.what !== 'printed') yield { count: index + 1, disk, printed }
  }
}

export interface Choice {
  readonly seed: number
  /** How often luck is drawn at a point, beside the states with nothing and everything unsynced. */
  readonly draws: number
  /** How many states are replayed, beside those before anything was printed: of these, all. */
  readonly most: number
}

export interface Replay {
  readonly states: number
  /** Of how many states those that were replayed are a sample. */
  readonly of: number
  /** States in which something was lost, or is not as a log has it, each in words. */
  readonly lost: readonly string[]
  readonly faulty: readonly string[]
}

export async function replay(done: readonly Done[], choice: Choice): Promise<Replay> {
  const { chosen, of } = choose(done, choice)
  const lost: string[] = []
  const faulty: string[] = []
  let states = 0
  for (const { count, disk, printed } of pointsOf(done)) {
    for (const luck of chosen.get(count) ?? []) {
      if (++states % 100 === 0) await setImmediate()
      const verdict = judge(disk.after(luck), printed)
      const where = `seed ${choice.seed}, after ${count} of ${done.length}, luck ${luck}`
      if (verdict.lost.length > 0) lost.push(`${where}: ${told(verdict.lost)}`)
      if (verdict.faults.length > 0) faulty.push(`${where}: ${told(verdict.faults)}`)
    }
  }
  return { states, of, lost, faulty }
}

/** The luck of the chosen states, by point. */
function choose(done: readonly Done[], { seed, draws, most }: Choice) {
  const random = chance(seed)
  const always: (readonly [number, Luck])[] = []
  const others: (readonly [number, Luck])[] = []
  for (const { count, disk, printed } of pointsOf(done)) {
    const states = printed.length === 0 ? always : others
    states.push([count, 'nothing'])
    if (!disk.atStake()) continue
    states.push([count, 'everything'])
    for (let draw = 0; draw < draws; draw++) states.push([count, Math.floor(random() * 2 ** 31)])
  }
  const chosen = new Map<number, Luck[]>()
  for (const [count, luck] of [...always, ...shuffled(others, random).slice(0, most)])
    chosen.set(count, [...(chosen.get(count) ?? []), luck])
  return { chosen, of: always.length + others.length }
}

const told = (what: Verdict['lost']) =>
  `${what[0]}${what.length > 1 ? ` and ${what.length - 1} more` : ''}`
