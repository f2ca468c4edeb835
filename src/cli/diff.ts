/** `diff`: what differs between two readings, and which reports made the difference. */
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { RashomonError } from '../errors.js'
import type { Diff, Reading, SettledReading, Timeline } from '../index.js'
import { instantOf, knownOf } from './coordinates.js'
import { diffLines } from './diff-lines.js'
import { filterOf, idOf, namesIn, several } from './names.js'
import { readingLines, type Tools } from './place-lines.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { whenIn } from './when.js'

interface Options {
  readonly account?: string[] | undefined
  readonly resolver?: string[] | undefined
  readonly place?: string[] | undefined
  readonly support?: true | undefined
}

export const command = () =>
  new Command('diff')
    .description(
      'Shows what differs between two readings, and because of which reports: two instants (what\nhappened), two positions or dates of publication (what was learned), two accounts or two\nresolvers (where they part).',
    )
    .addArgument(
      new Argument('<a>', 'INSTANT, INSTANT@POSITION, INSTANT@published:DATE, or a token'),
    )
    .addArgument(new Argument('[b]', 'the same; left out with --account or --resolver'))
    .addOption(new Option('--account <a b...>', 'at one reading, two accounts: where they part'))
    .addOption(new Option('--resolver <a b...>', 'at one reading, two ways to weigh accounts'))
    .addOption(
      new Option('--place <place>', 'only this place (repeatable): id or name').argParser(several),
    )
    .addOption(new Option('--support', 'also what is only supported anew, by a sweep say'))
    .addHelpText(
      'after',
      `
Examples:
  rashomon diff 2015-11-12T11:00+02:00 2015-11-12T20:00+02:00
  rashomon diff 2015-11-12@20 2015-11-12@24
  rashomon diff 2015-11-12@published:2015-11-12 2015-11-12@published:2015-11-13
  rashomon diff 2015-11-12 --account al-masdar/activists al-masdar/ground-source
  rashomon diff 2015-11-12 --resolver dispute cautious
  rashomon diff 2015-11-11 2015-11-12 --place al-hadher --json`,
    )
    .action(async (a, b, options, self) => {
      await run(sessionOf(self), { a, b, options })
    })

interface Question {
  readonly a: string
  readonly b: string | undefined
  readonly options: Options
}

async function run(session: Session, question: Question): Promise<void> {
  const { options } = question
  const when = whenIn(session.zone)
  await withLog(session, async (timeline) => {
    const [a, b] = await readingsOf(timeline, question, session.zone)
    const places = await placesOf(timeline, options.place)
    const whole = timeline.diff(a, b)
    const changes = whole.changes.filter(({ place }) => places?.has(place) ?? true)
    const diff: Diff = { ...whole, changes }
    const tokens = { from: timeline.at(a).token, to: timeline.at(b).token }
    const { valid, known } = diff.to
    const tools: Tools = { session, when, names: namesIn(timeline.registry({ valid, known })) }
    await answer(session, { ...diff, tokens }, () => [
      ...sideLines('from', diff.from, tools, timeline.head),
      ...sideLines('to', diff.to, tools, timeline.head),
      '',
      ...diffLines(diff, tools, { support: options.support === true }),
    ])
  })
}

function sideLines(
  side: 'from' | 'to',
  reading: SettledReading,
  tools: Tools,
  head: number,
): string[] {
  const indent = '      '
  const session = { ...tools.session, width: tools.session.width - indent.length }
  const lines = readingLines(reading, { ...tools, session }, head)
  return lines.map((line, at) =>
    at === 0 ? `${side.padEnd(indent.length)}${line}` : indent + line,
  )
}

type Given = Reading | string

async function readingsOf(
  timeline: Timeline,
  { a, b, options }: Question,
  zone: string | undefined,
): Promise<readonly [Given, Given]> {
  const { account, resolver } = options
  const first = givenOf('A', a, zone)
  if (account !== undefined && resolver !== undefined)
    throw usage('--account', 'given with --resolver; one of them would be right')
  if (account === undefined && resolver === undefined) {
    if (b !== undefined) return [first, givenOf('B', b, zone)]
    throw usage('B', 'none given; a second reading, --account A B or --resolver A B would be right')
  }
  const option = account === undefined ? '--resolver' : '--account'
  const names = (account ?? resolver)!
  if (b !== undefined)
    throw usage(
      option,
      'compares two sides of one reading, and two readings are given; one would be right',
    )
  if (names.length !== 2)
    throw usage(
      option,
      `${JSON.stringify(names.join(' '))} is not two names; two after the reading would be right, as in diff 2015-11-12 ${option} A B`,
    )
  const base = typeof first === 'string' ? openedAt(timeline, first) : first
  const sides = names.map(async (name): Promise<Reading> => {
    if (account === undefined) return { ...base, resolver: name }
    const accounts = await filterOf(timeline.registry(), [name])
    return { ...base, ...(accounts === undefined ? {} : { accounts }) }
  })
  const [from, to] = await Promise.all(sides)
  return [from!, to!]
}

/** A reading as it is written: an instant with what was known or published by then, or a token. */
function givenOf(side: 'A' | 'B', written: string, zone: string | undefined): Given {
  if (written.startsWith('rashomon1.')) return written
  const [instant = '', ...parts] = written.split('@')
  const reading: { valid: string; known?: number; published?: string; zone?: string } = {
    valid: instantOf(instant),
    ...(zone === undefined ? {} : { zone }),
  }
  for (const part of parts) {
    const position = knownOf(part)
    const published = part.startsWith('published:') ? part.slice('published:'.length) : ''
    if (typeof position === 'number' && reading.known === undefined) reading.known = position
    else if (published !== '' && reading.published === undefined)
      reading.published = instantOf(published)
    else
      throw usage(
        side,
        `${JSON.stringify(`@${part}`)} is no position and no date of publication; ${instant}@41 or ${instant}@published:2015-11-13 would be right`,
      )
  }
  return reading
}

/** The reading that a token pins, to be taken with other accounts or another resolver. */
function openedAt(timeline: Timeline, token: string): Reading {
  const { valid, known, published, accounts, resolver } = timeline.at(token).reading
  return {
    valid,
    known,
    resolver,
    ...(published === null ? {} : { published }),
    ...(accounts === null ? {} : { accounts }),
  }
}

async function placesOf(
  timeline: Timeline,
  queries: readonly string[] | undefined,
): Promise<ReadonlySet<string> | null> {
  if (queries === undefined) return null
  const ids = new Set<string>()
  for (const query of queries) ids.add(await idOf(timeline.registry(), 'place', query))
  return ids
}

function usage(field: string, message: string): RashomonError {
  return new RashomonError('usage', `${field}: ${message}`, { place: { field } })
}
