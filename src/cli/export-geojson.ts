/** `export geojson`: the places of a reading, for a map. */
import { Command, Option } from '@commander-js/extra-typings'
import type { Timeline, View } from '../index.js'
import {
  accountOption,
  askedThen,
  instantOf,
  knownOption,
  notAccountOption,
  publishedOption,
  resolverOption,
  thenOption,
} from './coordinates.js'
import { creditNotes } from './export-rows.js'
import { outOption, type Wrote, writeOut } from './out.js'
import { sessionOf, withLog } from './session.js'

export const command = () =>
  new Command('geojson')
    .summary('the places of a reading, for a map')
    .description(
      'Writes a feature for every place with a point of which anything is said at an instant, with what\neach account says, what is possible beside it, and what is disputed. Reading, token, credits of\nthe sources and the places without a point stand in members beside the features.',
    )
    .addOption(
      new Option(
        '--at <instant>',
        'a date, month or year means its last instant',
      ).makeOptionMandatory(),
    )
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addOption(outOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon export geojson --at 2015-11-12T20:00+02:00 > evening.geojson
  rashomon export geojson --at 2022-09-10 --then --resolver latest --out map.geojson`,
    )
    .action(async (options, self) => {
      const session = sessionOf(self)
      await withLog(session, async (timeline) => {
        const coordinates = await askedThen(timeline, options, session.zone)
        const view = timeline.at({ valid: instantOf(options.at), ...coordinates })
        const { out } = options
        await writeOut(session, { format: 'geojson', out }, pieces(timeline, view))
      })
    })

async function* pieces(timeline: Timeline, view: View): AsyncGenerator<string, Wrote> {
  const { Credits } = await import('../exchange/credits.js')
  const { geojsonOf } = await import('../exchange/geojson.js')
  const credits = new Credits(timeline.registry())
  const { features, unlocated } = yield* geojsonOf(timeline, view, credits)
  const { reading, token } = view
  return {
    document: { reading, token, features, unlocated, credits: credits.all() },
    words: `${features} places`,
    notes: [
      ...(unlocated.length === 0
        ? []
        : [`${unlocated.length} more have no point; they are listed under "unlocated"`]),
      ...(await creditNotes(credits)),
    ],
  }
}
