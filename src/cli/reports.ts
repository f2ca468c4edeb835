/** `reports`: the entries of the log, in the order in which they came. */
import { Command, Option } from '@commander-js/extra-typings'
import type { Logged, Timeline } from '../index.js'
import { claimWords, startWords } from './claim-words.js'
import { wholeNumber } from './coordinates.js'
import { idOf, namesIn } from './names.js'
import type { Tools } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { tableLines } from './table.js'
import { whenIn } from './when.js'

interface Options {
  readonly place?: string | undefined
  readonly account?: string | undefined
  readonly kind?: string | undefined
  readonly after?: number | undefined
  readonly limit?: number | undefined
}

export const command = () =>
  new Command('reports')
    .description(
      'Lists entries in the order in which the log took them. A report that no longer counts\n(withdrawn or voided) stays in the list and is marked.',
    )
    .option('--place <place>', 'only what speaks of this place')
    .option('--account <account>', 'only this account, as printed; "desk" is the desk’s own')
    .option('--kind <kind>', 'only this kind of claim, such as control or withdrawal')
    .addOption(
      new Option('--after <position>', 'only what came after a position').argParser(
        wholeNumber('--after'),
      ),
    )
    .addOption(new Option('--limit <count>', 'at most so many').argParser(wholeNumber('--limit')))
    .addHelpText(
      'after',
      `
Examples:
  rashomon reports
  rashomon reports --place al-eiss --kind control
  rashomon reports --account al-masdar/activists
  rashomon reports --after 100 --limit 20 --json`,
    )
    .action(async (options, self) => {
      await run(sessionOf(self), options)
    })

async function run(session: Session, options: Options): Promise<void> {
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const query = await queryOf(timeline, options)
    const { limit } = options
    const found = [
      ...timeline.reports(limit === undefined ? query : { ...query, limit: limit + 1 }),
    ]
    const reports = limit === undefined ? found : found.slice(0, limit)
    const next =
      found.length > reports.length ? (reports.at(-1)?.position ?? query.after ?? 0) : null
    const names = namesIn(timeline.registry())
    const documents = reports.map(({ bytes: _, ...entry }) => entry)
    await answer(session, { head: timeline.head, next, reports: documents }, () => {
      if (reports.length === 0) return 'No such entry.'
      const lines = [
        `${reports.length} of ${timeline.head} entries · times: ${when.zone}`,
        '',
        ...reportLines(reports, { session, names, when }),
      ]
      if (next !== null) lines.push('', `more follow: --after ${next}`)
      return lines
    })
  })
}

/** The query that options ask for; names are looked up in the registry of the head. */
export async function queryOf(timeline: Timeline, { place, account, kind, after }: Options) {
  const registry = timeline.registry()
  return {
    ...(after === undefined ? {} : { after }),
    ...(kind === undefined ? {} : { kind }),
    ...(place === undefined ? {} : { place: await idOf(registry, 'place', place) }),
    ...(account === undefined
      ? {}
      : { account: isPrinted(account) ? account : await idOf(registry, 'source', account) }),
  }
}

/** The desk, and accounts printed with their tellings, are no entries of the registry. */
const isPrinted = (account: string): boolean => account === 'desk' || account.includes(' via ')

function reportLines(reports: readonly Logged[], { session, names, when }: Tools): string[] {
  const { paint } = session
  const rows = reports.map((entry) => {
    const cells = [
      String(entry.position),
      entry.id,
      names.account(entry.account),
      claimWords(entry.report.claim, names),
      startWords(entry.report, when),
      entry.counts ? '' : 'out',
    ]
    return entry.counts ? cells : cells.map((text) => ({ text, paint: paint.dim }))
  })
  return tableLines(COLUMNS, rows, session)
}

const COLUMNS = [
  { title: '#', cap: 8 },
  { title: 'id', cap: 30 },
  { title: 'account', cap: 20 },
  { title: 'says' },
  { title: 'when', cap: 11 },
  { title: 'counts', cap: 6 },
]
