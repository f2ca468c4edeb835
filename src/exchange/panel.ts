/**
 * A panel: places by steps of time, as CSV. For every place and step there is one row for each
 * account that says anything of it, and one for the place, with how its accounts stand to each
 * other and what the resolver makes of them. A place of which nothing is said at a step has no row,
 * unless it was asked for by name.
 *
 *   row      step        valid  place  name  account  standing  disputes  holder  holder_extent  …
 *   account  2022-09-10  …      703448 Kyiv  isw                          ukraine full
 *   place    2022-09-10  …      703448 Kyiv           sole                ukraine full
 *
 * Each facet has its settled value, every possible value where there are several, what the settled
 * one rests on, and the days since its last support. In the row of a place it is the resolved value,
 * or the candidates where the resolver is undecided.
 *
 * The last rows, of kind `credit`, name each source of the panel with its credit line and licence: a
 * column of them would outweigh all else.
 */
import {
  type AccountState,
  CONTROL_FACETS,
  type FacetValue,
  type PlaceView,
  type Reading,
  type Resolution,
  type Timeline,
  type View,
} from '../index.js'
import { type Cell, days, holderIn, listText, valuesText, valueText } from './cells.js'
import type { Credits } from './credits.js'
import { PanelMemory, type Row, type When } from './panel-memory.js'

/** Which rows are written. */
export type PanelRows = 'all' | 'accounts' | 'places'

export interface PanelOptions {
  /** Instants as a reading takes them, in order. */
  readonly steps: Iterable<string>
  /** The other coordinates; `then` follows the steps. */
  readonly reading: Omit<Reading, 'valid'>
  readonly rows: PanelRows
  /** Facets with columns of their own, in the order of the columns. */
  readonly facets: readonly string[]
  /** Ids; none: every place of which anything is said. */
  readonly places: readonly string[]
  readonly credits: Credits
  /** Told before each step is read. */
  readonly onStep?: (step: string) => void
}

/** Facets that a panel can have columns for. */
export const PANEL_FACETS: readonly string[] = CONTROL_FACETS

/**
 * The header, then the rows: steps in order, in each the places in the order of their ids; credits
 * last. The name of a place is that which the registry has for it now.
 *
 * @throws what a reading is refused with.
 */
export function* panelRows(
  timeline: Timeline,
  options: PanelOptions,
): Generator<Row, void, undefined> {
  const { reading, facets, places, steps, onStep } = options
  const header = [...HEAD, ...facets.flatMap(columnsOf), ...TAIL]
  yield header
  const registry = timeline.registry()
  const nameOf = (place: string) => registry.entry('place', place)?.name ?? place
  const memory = new PanelMemory(timeline, {
    make: (place, when) => rowsOf(place, when, nameOf, options),
    ages: new Map(facets.map((facet) => [facet, header.indexOf(`${facet}_age_days`)])),
  })
  const follows = reading.known === 'then' || reading.published === 'then'
  for (const step of steps) {
    onStep?.(step)
    const view = timeline.at({ ...reading, valid: step })
    const when = { step, valid: view.reading.valid }
    if (places.length === 0 && !follows) yield* memory.rowsAt(view, when)
    else for (const place of placesIn(view, places)) yield* rowsOf(place, when, nameOf, options)
  }
  yield* creditRows(options)
}

const HEAD = ['row', 'step', 'valid', 'place', 'name', 'account', 'standing', 'disputes'] as const

const TAIL = ['derived', 'credit', 'licence'] as const

function columnsOf(facet: string): string[] {
  const extent = facet === 'holder' ? [`${facet}_extent`] : []
  return [facet, ...extent, `${facet}_possible`, `${facet}_basis`, `${facet}_age_days`]
}

function placesIn(view: View, places: readonly string[]): Iterable<PlaceView> {
  return places.length === 0 ? view.places() : places.map((id) => view.place(id))
}

/** Rows of accounts, in the order of their names, then that of the place. */
function rowsOf(
  view: PlaceView,
  { step, valid }: When,
  nameOf: (place: string) => string,
  { rows, facets, credits }: PanelOptions,
): Row[] {
  const { place, accounts } = view
  const name = nameOf(place)
  const made: Row[] = []
  for (const account of accounts) {
    credits.owe([...account.via, account.origin])
    if (rows === 'places') continue
    const cells = facets.flatMap((facet) => accountCells(account, facet))
    const derived = listText(account.derived)
    made.push([
      'account',
      step,
      valid,
      place,
      name,
      account.account,
      '',
      '',
      ...cells,
      derived,
      '',
      '',
    ])
  }
  if (rows === 'accounts') return made
  const { standing, resolved } = view
  const cells = facets.flatMap((facet) => resolvedCells(resolved[facet], facet))
  made.push([
    'place',
    step,
    valid,
    place,
    name,
    '',
    standing,
    disputesText(view),
    ...cells,
    '',
    '',
    '',
  ])
  return made
}

/** A row for each source, its id where the others have the account. */
function* creditRows({ credits, facets }: PanelOptions): Iterable<Row> {
  const nothing = facets.flatMap(columnsOf).map(() => '')
  for (const { source, name, credit, licence } of credits.all()) {
    const owed = [credit ?? '', licence ?? '']
    yield ['credit', '', '', '', name, source, '', '', ...nothing, '', ...owed]
  }
}

function accountCells(account: AccountState, facet: string): Cell[] {
  const possible = account.possible[facet] ?? []
  return [
    ...settledCells(account.control[facet], facet),
    possible.length > 1 ? valuesText(possible) : '',
    account.basis[facet] ?? '',
    account.supportAge[facet] === undefined ? '' : days(account.supportAge[facet]),
  ]
}

function resolvedCells(resolution: Resolution | undefined, facet: string): Cell[] {
  if (resolution === undefined || resolution.decided)
    return [...settledCells(resolution?.value, facet), '', '', '']
  const candidates = valuesText(resolution.candidates.map(({ value }) => value))
  return [...settledCells(undefined, facet), candidates, '', '']
}

/** A value in its column; who holds a place and how far in two. */
function settledCells(value: FacetValue | undefined, facet: string): Cell[] {
  if (facet !== 'holder') return [value === undefined ? '' : valueText(value)]
  if (value === undefined) return ['', '']
  const { actors, extent } = holderIn(value)
  return [actors ?? valueText(value), extent]
}

/** `extent on contest: a, b`; those in which both may be right marked as open. */
function disputesText({ disputes }: PlaceView): string {
  return disputes
    .map(({ kind, open, facets, parties }) => {
      return `${open ? 'open ' : ''}${kind} on ${facets.join(', ')}: ${parties.join(', ')}`
    })
    .join('; ')
}
