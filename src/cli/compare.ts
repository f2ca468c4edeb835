/** `compare`: the anatomy of a disagreement between two accounts, over places and days. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { isRashomonError, RashomonError } from '../errors.js'
import type { CompareOptions, Comparison, Step, Timeline } from '../index.js'
import { comparisonLines, comparisonRows } from './compare-lines.js'
import {
  askedThen,
  fromOption,
  instantOf,
  knownOption,
  publishedOption,
  stepOption,
  thenOption,
  toOption,
} from './coordinates.js'
import { bomOption, csvPieces } from './export-rows.js'
import { idOf, namesIn } from './names.js'
import { writeOut } from './out.js'
import { barFor } from './progress.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { whenIn } from './when.js'

interface Options {
  readonly from: string
  readonly to: string
  readonly step: Step
  readonly known?: number | string | undefined
  readonly published?: string | undefined
  readonly then?: true | undefined
  readonly csv?: string | true | undefined
  readonly rows: 'places' | 'steps'
  readonly bom?: true | undefined
}

export const command = () =>
  new Command('compare')
    .summary('count how much two accounts differ over places and days, split by cause')
    .description(
      'Compares two accounts over places and days (or other steps), each read at its last instant in --zone,\nand counts every place at every step once: both silent, one of them silent, both say the same, or they\ndiffer, and then for which cause: scope (one says it only by default), vocabulary (two words that may\nmean one state of things, as contested and held), lag (one says later what the other says now),\ncontradiction. Where both may be right after all, it is counted apart, as open.',
    )
    .addArgument(new Argument('<account>', 'as it is printed, or the name of its source'))
    .addArgument(new Argument('<other>', 'the account that it is compared with'))
    .addArgument(
      new Argument('[places...]', 'ids, or names that only one place has; all unless given'),
    )
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(stepOption())
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(new Option('--csv [file]', 'write a table: to a file, or to standard output'))
    .addOption(
      new Option('--rows <which>', 'what a row of that table is')
        .choices(['places', 'steps'] as const)
        .default('places' as const),
    )
    .addOption(bomOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon compare isw wiki-cities --from 2022-03-01 --to 2022-11-30 --then
  rashomon compare isw wiki-cities Lyman Bakhmut --from 2022-03 --to 2022-11 --json
  rashomon compare isw wiki-cities --from 2022-03 --to 2022-11 --csv places.csv
  rashomon compare isw wiki-cities --from 2022-03 --to 2022-11 --rows steps --csv

--then reads each step with what had been published by its end; without it a later word counts, and what
one account said late is lag. In the table each count has a column of its own, those that are open too;
the last rows, of kind "credit", name credit line and licence of the sources.`,
    )
    .action(async (account, other, places, options, self) => {
      await run(sessionOf(self), { accounts: [account, other], places, options })
    })

interface Question {
  readonly accounts: readonly [string, string]
  readonly places: readonly string[]
  readonly options: Options
}

async function run(session: Session, question: Question): Promise<void> {
  const { options } = question
  await withLog(session, async (timeline) => {
    const asked = await understood(session, timeline, question)
    const comparison = await compared(session, timeline, asked)
    if (options.csv !== undefined) {
      await writeTable(session, timeline, { comparison, options })
      return
    }
    await answer(session, { ...documentOf(timeline, asked), ...comparison }, () => {
      const names = namesIn(timeline.registry())
      return comparisonLines(comparison, asked, { session, names, when: whenIn(session.zone) })
    })
  })
}

async function understood(
  session: Session,
  timeline: Timeline,
  { accounts, places: queries, options }: Question,
): Promise<CompareOptions> {
  const { resolver: _, accounts: __, ...reading } = await askedThen(timeline, options, session.zone)
  const places: string[] = []
  for (const query of queries) places.push(await idOf(timeline.registry(), 'place', query))
  return {
    ...reading,
    accounts: [await accountOf(timeline, accounts[0]), await accountOf(timeline, accounts[1])],
    from: instantOf(options.from),
    to: instantOf(options.to),
    step: options.step,
    ...(places.length === 0 ? {} : { places: [...new Set(places)] }),
  }
}

/** A source's own account by any of its names; an account that is told by others only as it is printed. */
async function accountOf(timeline: Timeline, query: string): Promise<string> {
  if (query.includes(' via ')) return query
  return idOf(timeline.registry(), 'source', query)
}

/** Step by step, so that Ctrl-C is heard and the bar moves. */
async function compared(
  session: Session,
  timeline: Timeline,
  asked: CompareOptions,
): Promise<Comparison> {
  const whole = await stepsIn(session, timeline, asked)
  const bar = barFor(session, { doing: 'comparing', counts: asked.step ?? 'day', whole })
  try {
    const steps = timeline.comparing(asked)
    for (let done = 1; ; done++) {
      const next = steps.next()
      if (next.done === true) return next.value
      bar.show(done, done)
      await new Promise(setImmediate)
    }
  } finally {
    bar.end()
  }
}

/** Steps that one comparison may have. */
const MOST = 100_000

async function stepsIn(
  session: Session,
  timeline: Timeline,
  { from, to, step = 'day' }: CompareOptions,
): Promise<number> {
  const { parseInstant, stepsOf } = await import('../index.js')
  const inZone = session.zone === undefined ? {} : { zone: session.zone }
  const read = (text: string) => parseInstant(timeline.at({ valid: text, ...inZone }).reading.valid)
  let count = 0
  for (const _ of stepsOf({ from, to, step }, read))
    if (++count > MOST)
      throw new RashomonError(
        'usage',
        `--step: more than ${MOST} of a ${step} lie between --from and --to; a longer step would be right`,
        { place: { field: '--step' } },
      )
  return count
}

function documentOf(
  timeline: Timeline,
  { from, to, step, zone, known, published }: CompareOptions,
) {
  return {
    from,
    to,
    step,
    zone: zone ?? 'UTC',
    known: known ?? timeline.head,
    published: published ?? null,
  }
}

async function writeTable(
  session: Session,
  timeline: Timeline,
  { comparison, options }: { readonly comparison: Comparison; readonly options: Options },
): Promise<void> {
  const { Credits } = await import('../exchange/credits.js')
  const credits = new Credits(timeline.registry())
  for (const account of comparison.accounts) credits.owe(account.split(/ via | < /))
  const rows = comparisonRows(comparison, options.rows, credits.all())
  const out = typeof options.csv === 'string' ? options.csv : undefined
  const pieces = csvPieces(rows, { credits, bom: options.bom === true })
  try {
    await writeOut(session, { format: 'comparison', out }, pieces)
  } catch (error) {
    // The option has another name here than where files are written of old.
    if (isRashomonError(error) && error.place.field === '--out')
      throw new RashomonError(error.code, error.message.replace('--out', '--csv'), {
        place: { field: '--csv' },
        cause: error,
      })
    throw error
  }
}
