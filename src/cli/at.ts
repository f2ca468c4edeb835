/** `at`: the state of places at an instant, as every account tells it. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { isRashomonError, RashomonError } from '../errors.js'
import type { PlaceView, Timeline, View } from '../index.js'
import {
  accountOption,
  askedThen,
  type CoordinateOptions,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  resolverOption,
  thenOption,
} from './coordinates.js'
import { idOf, namesIn } from './names.js'
import { placesLines, readingLines } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { whenIn } from './when.js'

interface Options extends CoordinateOptions {
  readonly then?: true | undefined
  readonly disputed?: true | undefined
  readonly evidence?: true | undefined
  readonly token?: string | undefined
}

export const command = () =>
  new Command('at')
    .description(
      'Shows what every account says of places at an instant: what is certain, what is settled\nthough another answer is possible, what is only possible, and where accounts clash.\nAn instant is ISO 8601; a date, month or year means its last instant. No place: all of them.',
    )
    .addArgument(new Argument('[instant]', 'as in 2015-11-12T20:00+02:00 or 2015-11-12'))
    .addArgument(new Argument('[places...]', 'ids, or names that only one place has'))
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addOption(new Option('--disputed', 'only places whose accounts cannot all be right'))
    .addOption(new Option('--evidence', 'also the ids of the reports behind each word'))
    .addOption(new Option('--token <token>', 'open the reading of an earlier answer again'))
    .addHelpText(
      'after',
      `
Examples:
  rashomon at 2015-11-12T20:00+02:00
  rashomon at 2015-11-12T11:00 al-hadher --zone Asia/Damascus
  rashomon at 2015-11-12 --disputed
  rashomon at 2015-11-12T20:00+02:00 al-eiss --known 21
  rashomon at 2015-11-12T20:00+02:00 --then
  rashomon at 2015-11-12T20:00+02:00 --not-account al-masdar/activists
  rashomon at 2015-11-12 al-eiss --resolver latest --json`,
    )
    .action(async (instant, places, options, self) => {
      await run(sessionOf(self), { instant, places, options })
    })

interface Question {
  readonly instant: string | undefined
  readonly places: readonly string[]
  readonly options: Options
}

/** A token that stands where the instant would is taken for the token it is. */
function withToken(question: Question): Question {
  const { instant, places, options } = question
  if (options.token !== undefined || !instant?.startsWith('rashomon1.')) return question
  return { instant: places[0], places: places.slice(1), options: { ...options, token: instant } }
}

async function run(session: Session, question: Question): Promise<void> {
  const { instant, places, options } = withToken(question)
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const reopened = options.token !== undefined
    const view = reopened
      ? reopen(timeline, options)
      : timeline.at(await readingOf(timeline, instant, options, session.zone))
    const queries = reopened && instant !== undefined ? [instant, ...places] : places
    const shown = await viewsOf(timeline, view, queries, options)
    const names = namesIn(
      timeline.registry({ valid: view.reading.valid, known: view.reading.known }),
    )
    const tools = { session, names, when }
    await answer(session, { reading: view.reading, token: view.token, places: shown }, () => {
      const lines = readingLines(view.reading, tools, timeline.head)
      const style = { resolver: view.reading.resolver, evidence: options.evidence === true }
      const told = shown.length === 0 ? [emptyWords(options)] : placesLines(shown, tools, style)
      return [...lines, '', ...told]
    })
  })
}

function emptyWords({ disputed }: Options): string {
  return disputed === true
    ? 'No place is disputed at this reading.'
    : 'Nothing is said of any place at this reading.'
}

async function readingOf(
  timeline: Timeline,
  instant: string | undefined,
  options: Options,
  zone: string | undefined,
) {
  if (instant === undefined)
    throw new RashomonError(
      'usage',
      'instant: none given; one such as 2015-11-12T20:00+02:00, or a date, would be right',
      { place: { field: 'instant' } },
    )
  return { valid: instantOf(instant), ...(await askedThen(timeline, options, zone)) }
}

function reopen(timeline: Timeline, options: Options): View {
  const pinned = ['known', 'published', 'then', 'account', 'notAccount', 'resolver'] as const
  const also = pinned.find((name) => options[name] !== undefined)
  if (also !== undefined)
    throw new RashomonError(
      'usage',
      `--token: the token says what --${also === 'notAccount' ? 'not-account' : also} says; the token alone would be right`,
      { place: { field: '--token' } },
    )
  const token = options.token as string
  try {
    const view = timeline.at(token)
    if (view.token === token) return view
  } catch (error) {
    if (isRashomonError(error, 'token-mismatch')) throw error
  }
  throw new RashomonError(
    'token-mismatch',
    `--token: ${JSON.stringify(token)} is no token; one from the answer of at --json would be right`,
    { place: { field: '--token' } },
  )
}

async function viewsOf(
  timeline: Timeline,
  view: View,
  queries: readonly string[],
  options: Options,
): Promise<PlaceView[]> {
  const asked: PlaceView[] = queries.length === 0 ? [...view.places()] : []
  const ids = new Set<string>()
  for (const query of queries) ids.add(await idOf(timeline.registry(), 'place', query))
  for (const id of ids) asked.push(view.place(id))
  return options.disputed === true ? asked.filter(({ standing }) => standing === 'disputed') : asked
}
