/** `beliefs`: how the answer for one instant moved as reports came in. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import type { Belief } from '../index.js'
import {
  accountOption,
  asked,
  type CoordinateOptions,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  resolverOption,
} from './coordinates.js'
import { stretchWords } from './history.js'
import { idOf, namesIn } from './names.js'
import { readingLines, type Tools } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { type Cell, tableLines } from './table.js'
import { whenIn } from './when.js'

interface Options extends CoordinateOptions {
  readonly at: string
  readonly by: 'known' | 'published'
}

export const command = () =>
  new Command('beliefs')
    .description(
      'Shows every answer that was ever right to give for a place at an instant, with the entry that\nbegan it: by what the log knew (positions), or by what sources had published (instants).',
    )
    .addArgument(new Argument('<place>', 'id, or a name that only one place has'))
    .requiredOption('--at <instant>', 'the instant asked about, or a date: its last instant')
    .addOption(
      new Option('--by <clock>', 'which knowledge moves: the log’s own, or the sources’')
        .choices(['known', 'published'] as const)
        .default('known' as const),
    )
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon beliefs al-eiss --at 2015-11-12T20:00+02:00
  rashomon beliefs al-eiss --at 2015-11-12T20:00 --zone Asia/Damascus --by published
  rashomon beliefs al-hadher --at 2015-11-12 --json`,
    )
    .action(async (place, options, self) => {
      await run(sessionOf(self), place, options)
    })

async function run(session: Session, query: string, options: Options): Promise<void> {
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const place = await idOf(timeline.registry(), 'place', query)
    const coordinates = await asked(timeline, options, session.zone)
    const valid = instantOf(options.at)
    const { by } = options
    const beliefs = timeline.beliefs(place, { ...coordinates, valid, by })
    const { reading } = timeline.at({ ...coordinates, valid })
    const names = namesIn(timeline.registry())
    const name = names.place(place)
    await answer(session, { place, name, reading, by, beliefs }, () => {
      const tools = { session, names, when }
      return [
        `${session.paint.bold(name)}${name === place ? '' : session.paint.dim(` (${place})`)}`,
        ...readingLines(reading, tools, timeline.head),
        '',
        ...beliefLines(beliefs, tools, { by, resolver: reading.resolver }),
      ]
    })
  })
}

export function beliefLines(
  beliefs: readonly Belief[],
  tools: Tools,
  { by, resolver }: { readonly by: Options['by']; readonly resolver: string },
): string[] {
  const rows = beliefs.flatMap(({ from, entry, state }) =>
    stretchWords(state, tools, resolver).map((row, at): Cell[] =>
      at === 0 ? [since(from, tools), entry ?? '', ...row] : ['', '', ...row],
    ),
  )
  const columns = [
    { title: by === 'known' ? 'position' : 'published', cap: 16 },
    { title: 'began with', cap: 22 },
    { title: 'standing', cap: 11 },
    { title: 'account', cap: 20 },
    { title: 'says' },
  ]
  return tableLines(columns, rows, tools.session)
}

function since(from: number | string | null, { when }: Tools): string {
  if (from === null) return 'at first'
  return typeof from === 'number' ? `from ${from}` : when.instant(from)
}
