/** `sources`: who speaks in the log, and what became of what they said first. */
import { Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import {
  accountOption,
  asked,
  type CoordinateOptions,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  readingWithoutInstant,
} from './coordinates.js'
import { type Listing, list, listing, names, word } from './listing.js'
import { idOf, namesIn } from './names.js'
import { readingLines } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { recordLines } from './source-record.js'
import { whenIn } from './when.js'

const SOURCES: Listing = {
  kind: 'source',
  examples: [
    'sources',
    'sources masdar',
    'sources --json',
    'sources --record',
    'sources --record al-masdar --published 2015-11-13',
  ],
  columns: [
    { title: 'type', cap: 12 },
    { title: 'alignment', cap: 22 },
    { title: 'speaks of', cap: 22 },
    { title: 'copies', cap: 16 },
    { title: 'licence', cap: 14 },
  ],
  cells: (entry, { place, actor, source }) => [
    word(entry, 'type'),
    word(entry, 'alignment') === '' ? '' : actor(word(entry, 'alignment')),
    names(covered(entry.fields.coverage), place),
    names(entry.fields.copies, source),
    word(entry, 'licence'),
  ],
}

interface Options extends CoordinateOptions {
  readonly record?: true | undefined
  readonly at?: string | undefined
}

export const command = () =>
  listing(SOURCES)
    .addOption(
      new Option(
        '--record',
        'of the claims that a source made before any independent origin did: how many the next\nindependent word bore out or contradicted, and after how long; each argument is a source',
      ),
    )
    .addOption(
      new Option('--at <instant>', 'with --record: as far as had begun by then (default: all)'),
    )
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .action(async (query, options, self) => {
      const session = sessionOf(self)
      if (options.record === true) return tellRecords(session, query, options)
      refuseCoordinates(options)
      return list(session, SOURCES, query)
    })

/** The registry is listed at the head; the options of a reading are those of `--record`. */
function refuseCoordinates(options: Options): void {
  const given = (['at', 'known', 'published', 'account', 'notAccount'] as const).find(
    (name) => options[name] !== undefined,
  )
  if (given === undefined) return
  const option = given === 'notAccount' ? '--not-account' : `--${given}`
  throw new RashomonError(
    'usage',
    `${option}: goes with --record; the list of sources is that of the head of the log`,
    { place: { field: option } },
  )
}

const END_OF_TIME = '+275760-09-13T00:00:00.000Z'

async function tellRecords(
  session: Session,
  queries: readonly string[],
  options: Options,
): Promise<void> {
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const registry = timeline.registry()
    const sources = new Set<string>()
    for (const query of queries) sources.add(await idOf(registry, 'source', query))
    const coordinates = await asked(timeline, options, session.zone)
    const valid = options.at === undefined ? END_OF_TIME : instantOf(options.at)
    const view = timeline.at({ ...coordinates, valid })
    const records =
      sources.size === 0 ? view.records() : [...sources].map((source) => view.record(source))
    const reading =
      options.at === undefined ? readingWithoutInstant(timeline, coordinates) : view.reading
    await answer(session, { reading, records }, () => {
      const tools = { session, names: namesIn(registry), when }
      return [
        ...readingLines(reading, tools, timeline.head),
        '',
        ...recordLines(records, tools, sources.size > 0),
      ]
    })
  })
}

function covered(coverage: unknown): unknown {
  if (typeof coverage !== 'object' || coverage === null || !('places' in coverage)) return undefined
  return coverage.places
}
