/**
 * Law 10, withdrawal of a report equals, from there on, a log in which it was never made; second
 * thoughts that hung on it are then never had. A void by the desk comes to the same.
 */
import * as fc from 'fast-check'
import type { Reading } from '../../reading/types.js'
import { instant } from '../../time/instant.js'
import { chainOf, clock, type History, type ReportInput, reportsOf } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { sameAnswers, statesAt } from './answers.js'
import { Bench, type Subject } from './subject.js'

export interface Taken {
  /** Which of the reports by sources is taken back, and after how many more commits. */
  readonly pick: number
  readonly later: number
  readonly by: 'its source' | 'the desk'
}

export function withdrawal(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      taken: fc.record({
        pick: fc.nat(),
        later: fc.nat({ max: 6 }),
        by: fc.constantFrom<Taken['by'][]>('its source', 'the desk'),
      }),
      reading: readings(history).map(({ known: _, ...reading }): Reading => reading),
    }),
  )
  return fc.asyncProperty(cases, ({ history, taken, reading }) =>
    isUnmade(subject, history, taken, reading),
  )
}

/** Whether a history with a report and what takes it back reads as the history without the report. */
export async function isUnmade(
  subject: Subject,
  history: History,
  { pick, later, by }: Taken,
  reading: Reading,
): Promise<void> {
  const reports = reportsOf(history)
  const told = reports.filter((report) => chainOf(report).length > 0 && !('of' in report.claim))
  fc.pre(told.length > 0)
  const target = told[pick % told.length]!
  // Who reads by a filter may not hear the source when its report was entered under another.
  fc.pre(by === 'the desk' || !reports.some((report) => movesAttribution(report, target)))
  const made = history.commits.findIndex((commit) => commit.includes(target))
  const at = Math.min(history.commits.length, made + 1 + later)
  const with_ = await Bench.holding(subject, withCommit(history, at, takingBack(target, by)))
  const without = await Bench.holding(subject, neverMade(history, target))
  sameAnswers(
    `without ${target.id}`,
    statesAt(without.engine, subject, reading),
    statesAt(with_.engine, subject, reading),
  )
}

/** Published before all else, so that every cut by publication sees it. */
function takingBack({ id, attribution }: ReportInput, by: Taken['by']): ReportInput {
  const published = clock(-1000)
  return by === 'the desk'
    ? { id: 'taken', claim: { kind: 'void', of: id, reason: 'typed wrong' }, published }
    : { id: 'taken', claim: { kind: 'withdrawal', of: id }, attribution: attribution!, published }
}

function movesAttribution({ claim }: ReportInput, target: ReportInput): boolean {
  return claim.of === target.id && Object.hasOwn(Object(claim.fields), 'attribution')
}

function withCommit({ commits, stamps }: History, at: number, report: ReportInput): History {
  const stamp = stamps[at] ?? stamps.at(-1) ?? instant(0)
  return { commits: commits.toSpliced(at, 0, [report]), stamps: stamps.toSpliced(at, 0, stamp) }
}

/** The history without a report, without what named it, and without voids of a batch that is then empty. */
export function neverMade({ commits, stamps }: History, target: ReportInput): History {
  const gone = new Set([target.id])
  const kept: ReportInput[] = []
  const stays = (report: ReportInput): boolean => {
    const { kind, of, batch } = report.claim
    const isEmpty = kind === 'void' && of === undefined && !kept.some((one) => one.batch === batch)
    if (gone.has(report.id) || gone.has(String(of)) || isEmpty) gone.add(report.id)
    else kept.push(report)
    return !gone.has(report.id)
  }
  return { commits: commits.map((commit) => commit.filter(stays)), stamps }
}
