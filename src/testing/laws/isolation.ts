/**
 * Law 4, isolation: a claim changes the state of no account but its own, parts of places
 * included; desk acts change only what they name.
 */
import * as fc from 'fast-check'
import { canonicalText } from '../../fold/intern.js'
import type { Key } from '../../fold/projection.js'
import type { Reading } from '../../reading/types.js'
import { chainOf, type History, type ReportInput } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { plain } from '../plain.js'
import { holds } from './answers.js'
import { Bench, type Engine, type Subject } from './subject.js'
import { accountName, type Touched, touchedBy, withParts } from './touched.js'

export function isolation(subject: Subject) {
  const cases = subject.histories().chain((history) =>
    fc.record({
      history: fc.constant(history),
      reading: readings(history).map(({ known: _, ...reading }): Reading => reading),
    }),
  )
  return fc.asyncProperty(cases, ({ history, reading }) => staysApart(subject, history, reading))
}

/** Whether every report, appended by itself, changes only what it may. */
export async function staysApart(
  subject: Subject,
  { commits, stamps }: History,
  reading: Reading,
): Promise<void> {
  const bench = await Bench.open(subject)
  const earlier: ReportInput[] = []
  let before = statesOf(bench.engine, subject, reading)
  for (const [index, commit] of commits.entries())
    for (const report of commit) {
      await bench.append([report], stamps[index])
      const after = statesOf(bench.engine, subject, reading)
      const touched = touchedBy(report, earlier)
      earlier.push(report)
      for (const changed of changes(before, after))
        holds(
          may(touched, changed.key, earlier),
          `${report.id} changed ${changed.text}: was ${changed.was}, is ${changed.is}`,
        )
      before = after
    }
}

interface Told {
  readonly key: Key
  readonly answer: string
}

/** What each account says, of each place and under each key of each projection. */
function statesOf(engine: Engine, { projections }: Subject, reading: Reading): Map<string, Told> {
  const view = engine.at(reading)
  const states = new Map<string, Told>()
  for (const { id } of engine.registry().places())
    for (const { account, ...state } of plain(view.place(id)).accounts)
      states.set(`what ${account} says of ${id}`, {
        key: { place: id, account },
        answer: canonicalText(state),
      })
  for (const projection of projections)
    for (const key of view.keys(projection))
      states.set(`${projection.name} of ${canonicalText(key)}`, {
        key,
        answer: canonicalText(view.state(projection, key)),
      })
  return states
}

function* changes(before: ReadonlyMap<string, Told>, after: ReadonlyMap<string, Told>) {
  for (const text of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(text), after.get(text)]
    if (was?.answer !== is?.answer)
      yield { text, key: (was ?? is)!.key, was: was?.answer, is: is?.answer }
  }
}

/** Whether what was touched answers for a change; a state of no account is nobody's to change. */
function may(
  { accounts, places, sources }: Touched,
  { account, place }: Key,
  reports: readonly ReportInput[],
): boolean {
  if (account === undefined) return false
  if (accounts.has(account)) return true
  if (place !== undefined && withParts(places, reports).has(place)) return true
  return chainsOf(account, reports).some((chain) => chain.some((hop) => sources.has(hop)))
}

/** The chains under which an account was heard. */
function chainsOf(account: string, reports: readonly ReportInput[]): string[][] {
  const corrected = reports.flatMap(({ claim }) => {
    const { attribution } = (claim.fields ?? {}) as { attribution?: string[] }
    return attribution === undefined ? [] : [attribution]
  })
  return [...reports.map(chainOf), ...corrected].filter((chain) => accountName(chain) === account)
}
