/** `export csv`: reports as a table. */
import { Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { ReportRowsOptions } from '../exchange/csv-out.js'
import type { Timeline } from '../index.js'
import {
  asked,
  knownOf,
  publishedOption,
  readingWithoutInstant,
  wholeNumber,
} from './coordinates.js'
import { bomOption, csvPieces } from './export-rows.js'
import { outOption, writeOut } from './out.js'
import { queryOf } from './reports.js'
import { sessionOf, withLog } from './session.js'

interface Options {
  readonly place?: string | undefined
  readonly account?: string | undefined
  readonly kind?: string | undefined
  readonly after?: number | undefined
  readonly known?: number | string | undefined
  readonly published?: string | undefined
}

export const command = () =>
  new Command('csv')
    .summary('reports as a table')
    .description(
      'Writes a row for each entry: place, times, account, basis and so on, what it claims as JSON, and\nthe credit line and licence of its sources. "counts" says whether it counts at the head of the\nlog. Text that a spreadsheet would run as a formula has a \' before it.',
    )
    .option('--place <place>', 'only what speaks of this place')
    .option('--account <account>', 'only this account, as printed; "desk" is the desk’s own')
    .option('--kind <kind>', 'only this kind of claim, such as control or withdrawal')
    .addOption(
      new Option('--after <position>', 'only what came after a position').argParser(
        wholeNumber('--after'),
      ),
    )
    .addOption(
      new Option(
        '--known <position|instant>',
        'only what the log held up to a position, or before an instant',
      ).argParser(knownOf),
    )
    .addOption(publishedOption())
    .addOption(bomOption())
    .addOption(outOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon export csv > reports.csv
  rashomon export csv --kind control --place al-eiss --out al-eiss.csv
  rashomon export csv --account al-masdar --known 40 --out outlet.csv --bom`,
    )
    .action(async (options, self) => {
      const session = sessionOf(self)
      await withLog(session, async (timeline) => {
        const { Credits } = await import('../exchange/credits.js')
        const { reportRows } = await import('../exchange/csv-out.js')
        const credits = new Credits(timeline.registry())
        const query = await cutOf(timeline, options, session.zone)
        const rows = reportRows(timeline, { ...query, credits })
        const pieces = csvPieces(rows, { credits, bom: options.bom === true })
        await writeOut(session, { format: 'csv', out: options.out }, pieces)
      })
    })

async function cutOf(
  timeline: Timeline,
  options: Options,
  zone: string | undefined,
): Promise<Omit<ReportRowsOptions, 'credits'>> {
  const { parseInstant } = await import('../index.js')
  const { known, published } = options
  refuseThen({ known, published })
  const reading = readingWithoutInstant(timeline, await asked(timeline, { known, published }, zone))
  return {
    ...(await queryOf(timeline, options)),
    upTo: reading.known,
    ...(reading.published === null ? {} : { published: parseInstant(reading.published) }),
  }
}

/** Reports are of no one instant, so there is none that "then" could mean. */
function refuseThen(options: Pick<Options, 'known' | 'published'>): void {
  for (const field of ['known', 'published'] as const)
    if (options[field] === 'then')
      throw new RashomonError(
        'usage',
        `--${field}: "then" means the instant asked for, and a table of reports asks for none; an instant would be right`,
        { place: { field: `--${field}` } },
      )
}
