/** Disputes on the screen: a row each, and how many there are for which cause. */
import type { Cause, Dispute, DisputeAt, DisputeOver } from '../index.js'
import type { Tools } from './place-lines.js'
import { printed } from './progress.js'
import { type Cell, type Column, tableLines, wrap } from './table.js'
import { ageWords } from './when.js'
import { facetName, inOrder } from './words.js'

/** Disputes that are shown, and how many were left out because they are open. */
export interface Counted<D extends Dispute> {
  readonly shown: readonly D[]
  readonly open: number
}

/** Causes in plain words, as far as their names do not say it. */
const CAUSE_WORDS: Readonly<Record<Cause, string | null>> = {
  scope: 'one of them says it only by default',
  vocabulary: 'in words of their own both may tell of one state of things',
  lag: 'one says later what the other says now',
  contradiction: null,
}

const COLUMNS = [
  { title: 'place', cap: 16 },
  { title: 'they differ on', cap: 20 },
  { title: 'between' },
]
const WHY = { title: 'why', cap: 13 }

/** At an instant: since when, how long that is, and from which entry on the log has shown it. */
export function atLines(counted: Counted<DisputeAt>, tools: Tools, valid: string): string[] {
  const rows = counted.shown.map((one, at, all) => {
    const { valid: since, known } = one.since
    const age = since === null ? 0 : Date.parse(valid) - Date.parse(since)
    const shown = `entry ${known}`
    return [
      ...cellsOf(one, tools, all[at - 1]),
      [
        since === null ? 'ever' : tools.when.bound(since),
        age < MINUTE ? shown : `${ageWords(age)}, ${shown}`,
      ].join('\n'),
      one.cause,
    ]
  })
  return linesOf(counted, [...COLUMNS, { title: 'since', cap: 20 }, WHY], rows, tools)
}

const MINUTE = 60_000

/** Over a stretch: from when to when, and for how long. */
export function overLines(counted: Counted<DisputeOver>, tools: Tools): string[] {
  const rows = counted.shown.map((one, at, all) => [
    ...cellsOf(one, tools, all[at - 1]),
    [
      tools.when.stretch(one.from, one.to),
      ...(one.duration === null ? [] : [ageWords(one.duration)]),
    ].join('\n'),
    one.cause,
  ])
  return linesOf(counted, [...COLUMNS, { title: 'when', cap: 20 }, WHY], rows, tools)
}

/** The place is not told again below itself. */
function cellsOf(
  { place, kind, open, parties, facets }: Dispute & { readonly place: string },
  { names, session }: Tools,
  before: { readonly place: string } | undefined,
): Cell[] {
  const { paint } = session
  const on = inOrder(facets).map(facetName).join(', ')
  return [
    before?.place === place ? '' : names.place(place),
    { text: `${open ? '?' : '≠'} ${kind}: ${on}`, paint: open ? paint.yellow : paint.red },
    parties.map((party) => names.account(party)).join(' and '),
  ]
}

/** The table, how many there are for which cause, and what that means. */
function linesOf<D extends Dispute & { readonly place: string }>(
  { shown, open }: Counted<D>,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { session }: Tools,
): string[] {
  const table = rows.length === 0 ? [] : [...tableLines(columns, rows, session), '']
  const counts = CAUSES.map(
    (cause) => [cause, shown.filter((one) => one.cause === cause).length] as const,
  ).filter(([, n]) => n > 0)
  const places = new Set(shown.map(({ place }) => place)).size
  const told =
    shown.length === 0
      ? 'No disputes.'
      : `${count(shown.length, 'dispute')} at ${count(places, 'place')}: ${counts.map(([cause, n]) => `${printed(n)} ${cause}`).join(', ')}`
  const notes = counts.flatMap(([cause]) => {
    const words = CAUSE_WORDS[cause]
    return words === null ? [] : [`${cause}: ${words}`]
  })
  const are = open === 1 ? 'is' : 'are'
  const more =
    open === 0
      ? []
      : [`${printed(open)} more ${are} open, for both may be right: --open shows what is`]
  return [...table, ...[told, ...notes, ...more].flatMap((line) => wrap(line, session.width))]
}

const CAUSES: readonly Cause[] = ['contradiction', 'lag', 'vocabulary', 'scope']

const count = (n: number, word: string): string => `${printed(n)} ${word}${n === 1 ? '' : 's'}`
