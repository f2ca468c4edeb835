/** `history`: every stretch of valid time of a place, as each account tells it. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import type { PlaceView, Stretch } from '../index.js'
import {
  accountOption,
  asked,
  type CoordinateOptions,
  knownOption,
  notAccountOption,
  publishedOption,
  readingWithoutInstant,
  resolverOption,
} from './coordinates.js'
import { idOf, namesIn } from './names.js'
import { readingLines, resolvedWords, says, standing, type Tools } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { type Cell, tableLines } from './table.js'
import { tellings } from './telling.js'
import { whenIn } from './when.js'

export const command = () =>
  new Command('history')
    .description(
      'Shows the stretches of valid time through which a place stood as it did, from the beginning\nto the end of time and without gaps. Where the instant of a change is not known, the\nboundary is printed with the window in which it lies.',
    )
    .addArgument(new Argument('<place>', 'id, or a name that only one place has'))
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addOption(new Option('--transitions', 'also what is possible while a change is under way'))
    .addHelpText(
      'after',
      `
Examples:
  rashomon history al-hadher
  rashomon history "Al-'Eiss" --zone Asia/Damascus
  rashomon history al-eiss --known 21
  rashomon history al-eiss --account al-masdar/activists
  rashomon history al-eiss --resolver latest --json`,
    )
    .action(async (place, options, self) => {
      await run(sessionOf(self), place, options)
    })

interface Options extends CoordinateOptions {
  readonly transitions?: true | undefined
}

async function run(session: Session, query: string, options: Options): Promise<void> {
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const place = await idOf(timeline.registry(), 'place', query)
    const coordinates = await asked(timeline, options, session.zone)
    const stretches = timeline.history(place, coordinates)
    const reading = readingWithoutInstant(timeline, coordinates)
    const names = namesIn(timeline.registry())
    const name = names.place(place)
    await answer(session, { place, name, reading, stretches }, () => {
      const tools = { session, names, when }
      const shown = options.transitions === true ? stretches.map(asState) : stretches
      return [
        `${session.paint.bold(name)}${name === place ? '' : session.paint.dim(` (${place})`)}`,
        ...readingLines(reading, tools, timeline.head),
        '',
        ...stretchLines(shown, tools, reading.resolver),
      ]
    })
  })
}

const asState = (stretch: Stretch): Stretch => ({ ...stretch, kind: 'state' })

/** Lines of every stretch; stretches of transition between two certain ones are one boundary. */
export function stretchLines(
  stretches: readonly Stretch[],
  tools: Tools,
  resolver: string,
): string[] {
  const rows: Cell[][] = []
  let began: string | null | undefined
  for (const { kind, from, to, state } of stretches) {
    if (kind === 'transition') {
      began = began === undefined ? from : began
      continue
    }
    if (began !== undefined) rows.push(boundary(began, from, tools))
    began = undefined
    stretchWords(state, tools, resolver).forEach((row, at) => {
      rows.push([at === 0 ? tools.when.stretch(from, to) : '', ...row])
    })
  }
  return tableLines(COLUMNS, rows, tools.session)
}

const COLUMNS = [
  { title: 'when', cap: 24 },
  { title: 'standing', cap: 11 },
  { title: 'account', cap: 20 },
  { title: 'says' },
]

/** A change whose instant is not known: somewhere in this window. */
function boundary(from: string | null, to: string | null, { when, session }: Tools): Cell[] {
  const painted = (text: string) => ({ text, paint: session.paint.cyan })
  return [painted(when.stretch(from, to)), '', '', painted('~ changes at some instant in between')]
}

/** Standing, account and words of a stretch or belief, a row for each telling. */
export function stretchWords(state: PlaceView, tools: Tools, resolver: string): Cell[][] {
  const { session, names, when } = tools
  const told = tellings(state, names, when)
  const rows: Cell[][] = told.map((row, at) => [
    at === 0 ? standing(state, session.paint) : '',
    row.account === told[at - 1]?.account ? '' : row.account,
    says(row, session.paint),
  ])
  if (rows.length === 0) rows.push([standing(state, session.paint), '', ''])
  if (resolver === 'dispute') return rows
  const resolved = resolvedWords(state, names).map((words, at): Cell[] => [
    '',
    { text: at === 0 ? `by ${resolver}` : '', paint: session.paint.dim },
    words,
  ])
  return [...rows, ...resolved]
}
