/**
 * Law 3, idempotence: the same report again changes nothing and returns the same receipt; the same
 * id with other content is a conflict, and nothing is written. Reports that differ in hidden
 * parts alone conflict (RULINGS 30).
 */
import * as fc from 'fast-check'
import { isRashomonError } from '../../errors.js'
import { canonicalText } from '../../fold/intern.js'
import type { Logged } from '../../logged.js'
import { type History, type ReportInput, reportsOf } from '../arbitraries-input.js'
import { holds, same, sameAnswers, statesAt } from './answers.js'
import { Bench, type Receipted, type Subject } from './subject.js'

export interface Again {
  /** Which report is told again, and which other one tries to take its id. */
  readonly pick: number
  readonly other: number
  /** How many reports each repeated commit holds. */
  readonly together: number
}

export function idempotence(subject: Subject) {
  const again = fc.record({
    pick: fc.nat(),
    other: fc.nat(),
    together: fc.integer({ min: 1, max: 30 }),
  })
  return fc.asyncProperty(subject.histories(), again, (history, repeated) =>
    tellsOnce(subject, history, repeated),
  )
}

/** Whether reports told again, and reports that would take the id of another, change nothing. */
export async function tellsOnce(
  subject: Subject,
  history: History,
  { pick, other, together }: Again,
): Promise<void> {
  const bench = await Bench.open(subject)
  const first = await bench.write(history)
  const reports = reportsOf(history)
  const unchanged = watchOver(bench, subject)

  for (let from = 0; from < reports.length; from += together) {
    const receipts = await bench.append(reports.slice(from, from + together))
    sameReceipts('told again', first.slice(from, from + together), receipts)
  }
  const entries = [...bench.engine.reports()]
  for (const [index, receipt] of first.entries()) {
    const again = bench.engine.receipt(receipt.id)!
    sameReceipts('asked for again', [receipt], [again])
    same(`whether ${receipt.id} is out`, !entries[index]!.counts, again.out)
  }
  unchanged('told again')

  const report = reports[pick % reports.length]!
  const rival = { ...reports[other % reports.length]!, id: report.id }
  const [held, taking] = [pick, other].map((of) => contentOf(entries[of % reports.length]!))
  if (held !== taking) await conflicts(bench, rival, unchanged)
  await conflicts(bench, { ...report, citation: 'a page' }, unchanged)

  const originals = reports.filter(
    ({ claim }) => !/correction$|^withdrawal$|^void$/.test(claim.kind),
  )
  await derives(bench, subject, originals[pick % originals.length]!)
}

/** What an entry says, its id apart: the same report may be written in several ways. */
const contentOf = ({ report: { id: _, ...content } }: Logged) => canonicalText(content)

/** Whether a report without an id gets one by which it is known again, hidden parts apart. */
async function derives(bench: Bench, subject: Subject, original: ReportInput): Promise<void> {
  const { id: _, batch: __, ...nameless } = original
  const [made] = await bench.append([nameless])
  const unchanged = watchOver(bench, subject)
  sameReceipts('told again without an id', [made!, made!], await bench.append([nameless, nameless]))
  unchanged('told again without an id')
  await conflicts(bench, { ...nameless, citation: 'a page' }, unchanged)

  const cited = { ...nameless, id: 'cited', citation: { page: 1 } }
  const [told, twin] = await bench.append([cited, cited])
  sameReceipts('told twice in one commit', [told!], [twin!])
  const still = watchOver(bench, subject)
  sameReceipts('told again with its citation', [told!], await bench.append([cited]))
  await conflicts(bench, { ...cited, citation: { page: 2 } }, still)
}

/** Whether a report is refused as a conflict, alone and together with one that would do. */
async function conflicts(
  bench: Bench,
  rival: object,
  unchanged: (when: string) => void,
): Promise<void> {
  const fresh = { id: 'fresh', claim: { kind: 'place', place: 'fresh' } }
  for (const commit of [[rival], [fresh, rival], [rival, fresh]]) {
    const refused = await bench.append(commit).then(
      () => null,
      (error: unknown) => error,
    )
    if (refused !== null && !isRashomonError(refused, 'id-taken')) throw refused
    holds(refused !== null, `${canonicalText(rival)} is appended though its id is taken`)
    holds(bench.engine.receipt('fresh') === undefined, 'half of a refused commit is kept')
  }
  unchanged('refused')
}

/** Remembers the head and what the log says of the world; the check tells when they changed. */
function watchOver({ engine }: Bench, subject: Subject): (when: string) => void {
  const { head } = engine
  const ask = () => statesAt(engine, subject, { valid: '1970-01-01', known: head })
  const answers = ask()
  return (when) => {
    same(`the head when ${when}`, head, engine.head)
    sameAnswers(when, answers, ask())
  }
}

/** A repeated receipt says that it is one, and whether the report counts now; the rest is as it was. */
function sameReceipts(
  when: string,
  first: readonly Receipted[],
  repeated: readonly Receipted[],
): void {
  const lasting = ({ out: _, ...receipt }: Receipted) => ({ ...receipt, duplicate: true })
  same(
    `receipts when ${when}`,
    first.map(lasting),
    repeated.map(({ out: _, ...rest }) => rest),
  )
}
