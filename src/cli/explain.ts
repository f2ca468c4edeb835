/** `explain`: why a place reads as it does, with what each answer rests on. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import { CONTROL_FACETS, type Explanation, type Logged, type Timeline } from '../index.js'
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
import { disputesLines, explanationLines } from './explain-lines.js'
import { idOf, type Names, namesIn } from './names.js'
import { readingLines } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { whenIn } from './when.js'

interface Options extends CoordinateOptions {
  readonly at: string
  readonly then?: true | undefined
  readonly facet?: string | undefined
}

export const command = () =>
  new Command('explain')
    .description(
      'Says why a place reads as it does at an instant: the fewest reports that carry each answer,\nwith who says so, through whom and where it is found; what is said against it and why that\ndoes not prevail; what is not counted; and whose word would change the answer.',
    )
    .addArgument(new Argument('<place>', 'id, or a name that only one place has'))
    .requiredOption('--at <instant>', 'the instant asked about, or a date: its last instant')
    .addOption(new Option('--facet <facet>', `one facet alone: ${CONTROL_FACETS.join(', ')}`))
    .addOption(knownOption())
    .addOption(publishedOption())
    .addOption(thenOption())
    .addOption(accountOption())
    .addOption(notAccountOption())
    .addOption(resolverOption())
    .addHelpText(
      'after',
      `
Examples:
  rashomon explain al-eiss --at 2015-11-12T20:00+02:00
  rashomon explain al-eiss --at 2015-11-12T20:00+02:00 --facet contest --resolver cautious
  rashomon explain "Al-'Eiss" --at 2015-11-12T20:00+02:00 --then
  rashomon explain al-hadher --at 2015-11-12 --json`,
    )
    .action(async (place, options, self) => {
      await run(sessionOf(self), place, options)
    })

async function run(session: Session, query: string, options: Options): Promise<void> {
  const when = whenIn(session.zone)
  const facet = facetOf(options.facet)
  await withLog(session, async (timeline) => {
    const place = await idOf(timeline.registry(), 'place', query)
    const coordinates = await askedThen(timeline, options, session.zone)
    const view = timeline.at({ ...coordinates, valid: instantOf(options.at) })
    const { reading, token } = view
    const explained = only(view.explain(place), facet)
    const entries = entriesNamed(timeline, explained)
    const { name, facets } = explained
    const { standing } = view.place(place)
    const reports = Object.fromEntries([...entries].map(([id, entry]) => [id, documentOf(entry)]))
    await answer(session, { reading, token, place, name, standing, facets, reports }, () => {
      const registry = timeline.registry({ valid: reading.valid, known: reading.known })
      const names = namesIn(registry)
      const tools = { session, names, when }
      const shown = {
        ...tools,
        resolver: reading.resolver,
        view: view.place(place),
        entry: (id: string) => entries.get(id),
      }
      const lines = explanationLines(explained, shown)
      const heading = `${session.paint.bold(name)}${name === place ? '' : session.paint.dim(` (${place})`)}`
      return [
        `${heading} · ${standing}`,
        ...readingLines(reading, tools, timeline.head),
        ...disputesLines(shown.view, shown),
        '',
        ...(lines.length > 0 ? lines : ['No entry of the log says anything of it.']),
        ...sourceLines([...entries.values()], names, registry),
      ]
    })
  })
}

/** @throws `usage` for a facet that there is not. */
function facetOf(text: string | undefined): string | null {
  if (text === undefined) return null
  if ((CONTROL_FACETS as readonly string[]).includes(text)) return text
  throw new RashomonError(
    'usage',
    `--facet: there is none named ${JSON.stringify(text)}; one of ${CONTROL_FACETS.join(', ')} would be right`,
    { place: { field: '--facet' } },
  )
}

function only(explained: Explanation, facet: string | null): Explanation {
  if (facet === null) return explained
  const found = explained.facets[facet]
  return { ...explained, facets: found === undefined ? {} : { [facet]: found } }
}

/** Every entry that an explanation names, as the log holds it. */
function entriesNamed(timeline: Timeline, { facets }: Explanation): Map<string, Logged> {
  const ids = Object.values(facets).flatMap((facet) => [
    ...facet.support,
    ...facet.alsoSaid,
    ...facet.opposition,
    ...facet.losers.flatMap(({ reports }) => reports),
    ...facet.accounts.flatMap(({ support, others, ended }) => [
      ...support,
      ...others.flatMap(({ reports }) => reports),
      ...(ended === null ? [] : [ended.report]),
    ]),
    ...facet.notYet.flatMap(({ report, by }) => [report, ...by]),
  ])
  const found = new Map<string, Logged>()
  for (const id of new Set(ids)) {
    const position = timeline.receipt(id)?.position
    if (position === undefined) continue
    for (const entry of timeline.reports({ after: position - 1, upTo: position }))
      found.set(id, entry)
  }
  return found
}

function documentOf({ position, account, published, report, citation }: Logged) {
  const { attribution, claim, start } = report
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const begins = start === undefined ? null : { from: iso(start.from), to: iso(start.to) }
  return { position, account, attribution, claim, start: begins, published, citation }
}

type Registry = ReturnType<Timeline['registry']>

/** Whose words these are: what the registry says of every source that is named. */
function sourceLines(entries: readonly Logged[], names: Names, registry: Registry): string[] {
  const hops = entries.flatMap(({ report }) => report.attribution.map(({ source }) => source))
  const lines = [...new Set(hops)].sort().map((id) => {
    const fields = registry.entry('source', id)?.fields ?? {}
    const { type, alignment, unnamed, credit } = fields
    const known = [
      ...(typeof type === 'string' && type !== names.source(id) ? [type] : []),
      ...(unnamed === true ? ['not named'] : []),
      ...(typeof alignment === 'string' ? [`on the side of ${names.actor(alignment)}`] : []),
      ...(typeof credit === 'string' && credit !== names.source(id) ? [`credit: ${credit}`] : []),
    ]
    return `  ${names.source(id)}${known.length === 0 ? '' : `: ${known.join(', ')}`}`
  })
  return lines.length === 0 ? [] : ['', 'Sources', ...lines]
}
