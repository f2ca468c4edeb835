/**
 * Law 2, past knowledge is fixed: nothing appended later changes an answer at an earlier `known`,
 * be it a position, an instant that was answered for, or a token.
 */
import * as fc from 'fast-check'
import type { Reading } from '../../reading/types.js'
import { type Instant, instant } from '../../time/instant.js'
import type { History } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { type Answers, answersAt, sameAnswers } from './answers.js'
import { Bench, type Subject } from './subject.js'

export interface Asked {
  /** How many commits there were when the reading was asked. */
  readonly after: number
  readonly reading: Reading
  /** Milliseconds by which the clock ran ahead then, and stepped back afterwards. */
  readonly ahead: number
}

export function past(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.nat({ max: history.commits.length - 1 }).chain((before) => {
      const after = before + 1
      return fc.record({
        history: fc.constant(history),
        asked: fc.record({
          after: fc.constant(after),
          reading: readings({
            commits: history.commits.slice(0, after),
            stamps: history.stamps.slice(0, after),
          }),
          ahead: fc.nat({ max: 4 }),
        }),
      })
    }),
  )
  return fc.asyncProperty(cases, ({ history, asked }) => staysFixed(subject, history, asked))
}

/** Whether what was answered after some commits is answered alike after every later one. */
export async function staysFixed(
  subject: Subject,
  history: History,
  { after, reading, ahead }: Asked,
): Promise<void> {
  const bench = await Bench.open(subject)
  const { engine } = bench
  await bench.write(history, 0, after)
  bench.set(instant((history.stamps[after - 1] as Instant) + ahead))
  const { known, knownNote } = engine.at(reading).reading
  // Without `known`, or with an instant that has not come, the head was meant, which moves on.
  const isFixed = reading.known !== undefined && knownNote === undefined
  const fixed = isFixed ? reading : { ...reading, known }
  const before = answersAt(engine, subject, fixed)
  for (let index = after; index < history.commits.length; index++) {
    await bench.write(history, index, index + 1)
    sameAnswers(`known ${known} at head ${engine.head}`, before, again(bench, subject, fixed))
  }
}

function again({ engine }: Bench, subject: Subject, reading: Reading): Answers {
  return answersAt(engine, subject, reading)
}
