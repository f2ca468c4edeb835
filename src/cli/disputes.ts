/** `disputes`: who disagrees with whom, where, on what, since when, for how long, and why. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { Cause, Dispute, DisputeAt, DisputeOver, Timeline } from '../index.js'
import {
  accountOption,
  asked,
  askedThen,
  type CoordinateOptions,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  readingWithoutInstant,
  thenOption,
} from './coordinates.js'
import { atLines, type Counted, overLines } from './dispute-lines.js'
import { idOf, namesIn } from './names.js'
import { readingLines } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { whenIn } from './when.js'

const CAUSES = ['scope', 'vocabulary', 'lag', 'contradiction'] as const satisfies Cause[]
const KINDS = ['who', 'extent', 'when', 'relay'] as const satisfies Dispute['kind'][]

interface Options extends Omit<CoordinateOptions, 'resolver'> {
  readonly at?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly then?: true | undefined
  readonly cause?: Cause | undefined
  readonly kind?: Dispute['kind'] | undefined
  readonly open?: true | undefined
}

export const command = () =>
  new Command('disputes')
    .summary('show who disagrees with whom, where, on what, since when, and why')
    .description(
      'Shows accounts that cannot all be right: at an instant with since when, over a stretch of time with\nfrom when to when. Each has its cause: scope (one says it only by default), vocabulary (two words\nthat may mean one state of things, as contested and held), lag (one says later what the other says\nnow), else contradiction. Where both may be right after all it is open, and shown with --open.',
    )
    .addArgument(
      new Argument('[places...]', 'ids, or names that only one place has; all unless given'),
    )
    .addOption(new Option('--at <instant>', 'at an instant; a date, month or year means its last'))
    .addOption(new Option('--from <time>', 'from a date, month or year, or an instant'))
    .addOption(new Option('--to <time>', 'to the end of a date, month or year, or to an instant'))
    .addOption(new Option('--cause <cause>', 'only for this cause').choices(CAUSES))
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(KINDS))
    .addOption(new Option('--open', 'also those in which both may be right'))
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon disputes --at 2015-11-12T20:00+02:00
  rashomon disputes --at 2015-11-12 al-eiss --then
  rashomon disputes --at 2022-09-10 --cause contradiction --kind who
  rashomon disputes --from 2015-11-12 --to 2015-11-13 --open
  rashomon disputes --from 2022-03 --to 2022-11 --account isw --account wiki-cities --json`,
    )
    .action(async (places, options, self) => {
      await run(sessionOf(self), places, options)
    })

async function run(session: Session, queries: readonly string[], options: Options): Promise<void> {
  refuseUnclear(options)
  await withLog(session, async (timeline) => {
    const ids: string[] = []
    for (const query of queries) ids.push(await idOf(timeline.registry(), 'place', query))
    const places = ids.length === 0 ? {} : { places: [...new Set(ids)] }
    await (options.at === undefined
      ? over(session, timeline, { options, places })
      : at(session, timeline, { options, places }))
  })
}

interface Question {
  readonly options: Options
  readonly places: { readonly places?: readonly string[] }
}

async function at(session: Session, timeline: Timeline, { options, places }: Question) {
  const coordinates = await askedThen(timeline, options, session.zone)
  const view = timeline.at({ ...coordinates, valid: instantOf(options.at as string) })
  const { shown, open } = chosen(view.disputes(places.places), options)
  const document = { reading: view.reading, token: view.token, disputes: shown, open }
  await answer(session, document, () => {
    const tools = toolsFor(session, timeline, view.reading)
    const told: Counted<DisputeAt> = { shown, open }
    return [
      ...readingLines(view.reading, tools, timeline.head),
      '',
      ...atLines(told, tools, view.reading.valid),
    ]
  })
}

async function over(session: Session, timeline: Timeline, { options, places }: Question) {
  const coordinates = await asked(timeline, options, session.zone)
  const [from, to] = [instantOf(options.from as string), instantOf(options.to as string)]
  const reading = readingWithoutInstant(timeline, coordinates)
  const found = timeline.disputes({ ...coordinates, ...places, from, to })
  const { shown, open } = chosen(found, options)
  await answer(session, { from, to, reading, disputes: shown, open }, () => {
    const tools = toolsFor(session, timeline, { known: reading.known })
    const told: Counted<DisputeOver> = { shown, open }
    return [...readingLines(reading, tools, timeline.head), '', ...overLines(told, tools)]
  })
}

function toolsFor(
  session: Session,
  timeline: Timeline,
  { valid, known }: { readonly valid?: string; readonly known: number },
) {
  const registry = timeline.registry({ known, ...(valid === undefined ? {} : { valid }) })
  return { session, names: namesIn(registry), when: whenIn(session.zone) }
}

/** Those that are asked for, and how many of those left out are so because they are open. */
function chosen<D extends Dispute>(
  disputes: readonly D[],
  { cause, kind, open }: Options,
): { shown: D[]; open: number } {
  const fitting = disputes.filter(
    (one) => (cause ?? one.cause) === one.cause && (kind ?? one.kind) === one.kind,
  )
  // What is asked for by a cause that is always open is not left out for that.
  const shown = open === true || cause === 'scope' ? fitting : fitting.filter((one) => !one.open)
  return { shown, open: fitting.length - shown.length }
}

function refuseUnclear({ at, from, to, then }: Options): void {
  const refuse = (message: string, field: string): never => {
    throw new RashomonError('usage', message, { place: { field } })
  }
  if (at !== undefined && (from !== undefined || to !== undefined))
    refuse(
      '--at: asks of an instant, --from and --to of a stretch; one of both would be right',
      '--at',
    )
  if (at === undefined && from === undefined && to === undefined)
    refuse('--at: not given; --at INSTANT, or --from TIME --to TIME would be right', '--at')
  if (at === undefined && from === undefined)
    refuse('--from: not given; a stretch has --from TIME and --to TIME', '--from')
  if (at === undefined && to === undefined)
    refuse('--to: not given; a stretch has --from TIME and --to TIME', '--to')
  if (then === true && at === undefined)
    refuse(
      '--then: asks of one instant, and a stretch has many; --at would be right with it',
      '--then',
    )
}
