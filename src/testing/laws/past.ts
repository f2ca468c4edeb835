/**
 * Law 2, past knowledge is fixed: nothing appended later changes an answer at an earlier `known`,
 * be it a position, an instant that was answered for, or a token.
 */
import * as fc from 'fast-check'
import type { Reading } from '../../reading/types.js'
import { type Instant, instant } from '../../time/instant.js'
import type { History } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { answersAt, sameAnswers } from './answers.js'
import { Bench, type Engine, type Subject } from './subject.js'

export interface Asked {
  /** After which commit the reading is asked; counted round. */
  readonly after: number
  readonly reading: Reading
  /** Milliseconds by which the clock ran ahead then, and stepped back afterwards. */
  readonly ahead: number
}

export function past(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      asked: fc.record({
        after: fc.nat({ max: history.commits.length - 1 }),
        reading: readings(history),
        ahead: fc.nat({ max: 4 }),
      }),
    }),
  )
  return fc.asyncProperty(cases, ({ history, asked }) => staysFixed(subject, history, asked))
}

/** Whether what was answered after a commit is answered alike after every later one. */
export async function staysFixed(
  subject: Subject,
  history: History,
  { after, reading, ahead }: Asked,
): Promise<void> {
  const bench = await Bench.open(subject)
  const { engine } = bench
  const next = (after % history.commits.length) + 1
  await bench.write(history, 0, next)
  bench.set(instant((history.stamps[next - 1] as Instant) + ahead))
  const fixed = fixedAt(engine, reading)
  const before = answersAt(engine, subject, fixed)
  for (const index of history.commits.keys()) {
    if (index < next) continue
    await bench.write(history, index, index + 1)
    const now = answersAt(engine, subject, fixed)
    sameAnswers(`known ${fixed.known} at head ${engine.head}`, before, now)
  }
}

/** The reading with a `known` that is there; without one, or with one that has not come, the head was meant. */
function fixedAt(engine: Engine, reading: Reading): Reading {
  const { head } = engine
  if (typeof reading.known !== 'string')
    return { ...reading, known: Math.min(reading.known ?? head, head) }
  return engine.at(reading).reading.knownNote === undefined ? reading : { ...reading, known: head }
}
