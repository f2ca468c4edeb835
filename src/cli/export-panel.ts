/** `export panel`: places by steps of time, as a table. */
import { Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { PanelOptions } from '../exchange/panel.js'
import type { Step, Timeline } from '../index.js'
import {
  accountOption,
  askedThen,
  type CoordinateOptions,
  fromOption,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  resolverOption,
  stepOption,
  thenOption,
  toOption,
} from './coordinates.js'
import { bomOption, csvPieces } from './export-rows.js'
import { idOf, several } from './names.js'
import { outOption, writeOut } from './out.js'
import { barFor } from './progress.js'
import { sessionOf, withLog } from './session.js'
import { FACETS } from './words.js'

interface Options extends CoordinateOptions {
  readonly then?: true | undefined
  readonly from: string
  readonly to: string
  readonly step: Step
  readonly rows: PanelOptions['rows']
  readonly place?: string[] | undefined
  readonly facet?: string[] | undefined
}

export const command = () =>
  new Command('panel')
    .summary('places by days, weeks, months or years, as a table')
    .description(
      'Writes for every place and step a row for each account that says anything of it (settled value,\nall possible values where there are several, basis, days since the last support, by facet) and\none for the place (standing, disputes, what the resolver makes of it). A day, week, month or year\nis read at its last instant, in --zone. A place of which nothing is said at a step has no row,\nunless --place names it. The last rows, of kind "credit", name credit line and licence of each\nsource.',
    )
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(stepOption())
    .addOption(
      new Option('--rows <which>', 'which rows are written')
        .choices(['all', 'accounts', 'places'] as const)
        .default('all' as const),
    )
    .addOption(new Option('--place <place>', 'only this place (repeatable)').argParser(several))
    .addOption(
      new Option(
        '--facet <facet>',
        `columns for this facet alone (repeatable): ${FACETS.join(', ')}`,
      ).argParser(facets),
    )
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addOption(bomOption())
    .addOption(outOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon export panel --from 2022-03-01 --to 2022-11-30 --facet holder --out panel.csv
  rashomon export panel --from 2015-11-12 --to 2015-11-12 --step hour --place al-eiss
  rashomon export panel --from 2022 --to 2022 --step month --then --rows places

In a cell: actors a|b; (none) nobody; a or b one of the two; not a|b denied to both; (unsaid) perhaps
nothing said; several values with "; " between them; empty: nothing said. In the row of a place a
facet has its resolved value, and "possible" the candidates where the resolver is undecided. Text
that a spreadsheet would run has a ' before it.`,
    )
    .action(async (options, self) => {
      const session = sessionOf(self)
      await withLog(session, async (timeline) => {
        const { Credits } = await import('../exchange/credits.js')
        const { panelRows } = await import('../exchange/panel.js')
        const credits = new Credits(timeline.registry())
        const panel = await panelOf(timeline, options, session.zone)
        // A bar among rows that are printed would spoil both.
        const seen = options.out === undefined && process.stdout.isTTY === true
        const bar = barFor(
          { json: session.json || seen },
          { doing: 'writing', counts: 'rows', whole: panel.steps.length },
        )
        let [steps, count] = [0, 0]
        const rows = panelRows(timeline, {
          ...panel,
          credits,
          onStep: () => bar.show(steps++, count),
        })
        const told = (rows: number) => {
          count = rows
        }
        const pieces = csvPieces(rows, { credits, bom: options.bom === true, onRows: told })
        try {
          await writeOut(session, { format: 'panel', out: options.out }, pieces, () => bar.end())
        } finally {
          bar.end()
        }
      })
    })

/** Gathers facets, each once. */
function facets(value: string, before: string[] | undefined): string[] {
  if (FACETS.includes(value)) return [...new Set(several(value, before))]
  throw new RashomonError(
    'usage',
    `--facet: ${JSON.stringify(value)} is no facet of control; ${FACETS.join(', ')} would be right`,
    { place: { field: '--facet' } },
  )
}

async function panelOf(
  timeline: Timeline,
  options: Options,
  zone: string | undefined,
): Promise<Omit<PanelOptions, 'credits'> & { readonly steps: readonly string[] }> {
  const places: string[] = []
  const registry = timeline.registry()
  for (const query of options.place ?? []) places.push(await idOf(registry, 'place', query))
  return {
    steps: await stepsIn(timeline, options, zone),
    rows: options.rows,
    facets: options.facet ?? FACETS,
    places: [...new Set(places)],
    reading: await askedThen(timeline, options, zone),
  }
}

/** Steps that one panel may have. */
const MOST = 100_000

async function stepsIn(
  timeline: Timeline,
  { from, to, step }: Options,
  zone: string | undefined,
): Promise<string[]> {
  const { parseInstant, stepsOf } = await import('../index.js')
  const inZone = zone === undefined ? {} : { zone }
  const read = (text: string) => parseInstant(timeline.at({ valid: text, ...inZone }).reading.valid)
  const steps: string[] = []
  for (const each of stepsOf({ from: instantOf(from), to: instantOf(to), step }, read)) {
    if (steps.push(each) <= MOST) continue
    throw new RashomonError(
      'usage',
      `--step: more than ${MOST} of a ${step} lie between --from and --to; a longer step would be right`,
      { place: { field: '--step' } },
    )
  }
  return steps
}
