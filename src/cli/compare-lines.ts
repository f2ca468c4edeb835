/** A comparison on the screen, and as rows of a table. */
import type { Cell as Written } from '../exchange/cells.js'
import type { Credit } from '../exchange/credits.js'
import type { CompareOptions, Comparison, Counts, PlaceCounts } from '../index.js'
import type { Tools } from './place-lines.js'
import { printed } from './progress.js'
import { type Cell, paragraph, tableLines, wrap } from './table.js'

/** A count: its column, how it is told, and where it lies. */
interface Count {
  readonly column: string
  readonly words: string
  readonly of: (counts: Counts) => number
}

const SILENCES: readonly Count[] = [
  { column: 'both_silent', words: 'neither says anything', of: (counts) => counts.bothSilent },
  { column: 'only_a', words: 'only A says anything', of: (counts) => counts.onlyA },
  { column: 'only_b', words: 'only B says anything', of: (counts) => counts.onlyB },
]

const ALIKE: readonly Count[] = [
  { column: 'same', words: 'the same', of: (counts) => counts.same },
  {
    column: 'by_default',
    words: 'the same, one only by default',
    of: (counts) => counts.byDefault,
  },
]

const DIFFERENT: readonly Count[] = [
  { column: 'scope', words: 'scope', of: (counts) => counts.scope },
  { column: 'vocabulary', words: 'vocabulary', of: (counts) => counts.vocabulary },
  { column: 'lag', words: 'lag', of: (counts) => counts.lag },
  { column: 'contradiction', words: 'contradiction', of: (counts) => counts.contradiction },
  {
    column: 'open_vocabulary',
    words: 'vocabulary, but both may be right',
    of: ({ open }) => open.vocabulary,
  },
  { column: 'open_lag', words: 'lag, but both may be right', of: ({ open }) => open.lag },
  {
    column: 'open_contradiction',
    words: 'contradiction, but both may be right',
    of: ({ open }) => open.contradiction,
  },
]

const ALL = [...SILENCES, ...ALIKE, ...DIFFERENT]

const sum = (counts: Counts, of: readonly Count[]): number =>
  of.reduce((all, one) => all + one.of(counts), 0)

/** Places that are named for each cause. */
const MOST = 5

export function comparisonLines(
  { accounts, total, places, steps }: Comparison,
  { from, to, step = 'day', published }: CompareOptions,
  tools: Tools,
): string[] {
  const { names, session, when } = tools
  const [a, b] = accounts.map((account) => names.account(account))
  const then =
    published === 'then'
      ? 'with what was published by then'
      : published === undefined
        ? 'with all that was published'
        : `with what was published by ${published}`
  const head = `${a} (A) and ${b} (B) · ${from} to ${to}, every ${step} at its end, ${when.zone} · ${then}`
  const both = sum(total, [...ALIKE, ...DIFFERENT])
  const share = (n: number) => (both === 0 ? '' : `${((100 * n) / both).toFixed(2)} %`)
  const rows: Cell[][] = [
    ...shown(total, SILENCES).map(({ words, of }) => [words, printed(of(total)), '']),
    ['both say something', printed(both), share(both)],
    ...shown(total, ALIKE).map(({ words, of }) => [
      `· ${words}`,
      printed(of(total)),
      share(of(total)),
    ]),
    ...shown(total, DIFFERENT).map(({ words, of }) => [
      { text: `· they differ: ${words}`, paint: session.paint.yellow },
      printed(of(total)),
      share(of(total)),
    ]),
  ]
  const counted = `${printed(places.length)} place${places.length === 1 ? '' : 's'}, ${printed(steps.length)} ${step}${steps.length === 1 ? '' : 's'}`
  return [
    ...wrap(head, session.width),
    '',
    ...tableLines(
      [{ title: counted }, { title: `place-${step}s`, cap: 14 }, { title: 'of both', cap: 9 }],
      rows,
      session,
    ),
    ...mostLines(places, total, tools),
  ]
}

const shown = (counts: Counts, of: readonly Count[]) => of.filter((one) => one.of(counts) > 0)

/** For each cause the places that carry most of it. */
function mostLines(places: readonly PlaceCounts[], total: Counts, { session }: Tools): string[] {
  const causes = shown(total, DIFFERENT)
  if (causes.length === 0 || places.length < 2) return []
  const lines = causes.flatMap(({ words, of }) => {
    const most = places
      .filter((place) => of(place) > 0)
      .sort((a, b) => of(b) - of(a))
      .slice(0, MOST)
      .map((place) => `${place.name} ${printed(of(place))}`)
    return paragraph(`${words}: ${most.join(', ')}`, session)
  })
  return ['', session.paint.bold('Most of it'), ...lines]
}

/** Header and rows: a place or a step each, then whom the table owes. */
export function* comparisonRows(
  { places, steps }: Comparison,
  which: 'places' | 'steps',
  credits: readonly Credit[],
): Generator<readonly Written[], void, undefined> {
  const counts = (of: Counts) => ALL.map((count) => count.of(of))
  const nothing = ALL.map(() => '')
  const columns = ALL.map(({ column }) => column)
  const heads = which === 'places' ? ['place', 'name'] : ['step', 'valid']
  yield ['row', ...heads, ...columns, 'credit', 'licence']
  if (which === 'places')
    for (const place of places) yield ['place', place.place, place.name, ...counts(place), '', '']
  else for (const one of steps) yield ['step', one.step, one.valid, ...counts(one), '', '']
  for (const { source, name, credit, licence } of credits)
    yield ['credit', source, name, ...nothing, credit ?? '', licence ?? '']
}
