/** The reports that comparing maps makes. */
import { CONTROL_FACETS } from '../../index.js'
import type { Change, Narrow, Restore } from './difference.js'
import { type Held, printed, type Said } from './held.js'
import type { MapDate, ReadMap, Sample } from './maps.js'
import type { Words } from './words.js'

type Written = Readonly<Record<string, unknown>>

/** A row that says something new: a change since the map before, or what the first map shows. */
export function changeOf(
  report: Written,
  { since, map }: Change,
  { at, first }: FirstMap,
): Written {
  const claim = report.claim as Written
  const asMap = since === null || since === map.earliest
  const observed = since === null && first === 'observation'
  return {
    ...report,
    claim: observed ? claim : { ...claim, mode: 'change' },
    when: asMap ? at : between(since, map.latest),
  }
}

/** The date of a map, and what the first of its account is taken for. */
export interface FirstMap extends Pick<MapDate, 'at'> {
  readonly first: 'observation' | 'change'
}

/** That the account's whole coverage was looked at. */
export function sweepOf({ date, sample }: ReadMap): Written {
  const { zone, attribution, published, batch } = sample.report
  return present({
    claim: { kind: 'sweep' },
    when: date.at,
    zone,
    attribution,
    published,
    batch,
  })
}

/** That a report of a later map begins only after a map that came in between. */
export function narrowOf({ id, from, to }: Narrow, { report }: Sample): Written {
  const claim = {
    kind: 'entry-correction',
    of: id,
    reason: `a map that ends at ${printed(from)} came in after the report and shows that it had not come yet`,
    fields: { when: between(from, to), claim: { mode: 'change' } },
  }
  return present({ claim, batch: report.batch })
}

export interface Known {
  readonly account: string
  /** Claims of the maps that were read, by effect. */
  readonly said: ReadonlyMap<number, Said>
  readonly held: Held
  readonly words: Words
}

/** What a later map of the log showed, as a change of that map since the one that came in between. */
export async function restoreOf(restore: Restore, known: Known): Promise<Written> {
  const { place, sweep, since } = restore
  const { report } = known.held.entry(sweep.id)
  const { attribution, published, batch } = report
  return present({
    claim: { kind: 'control', mode: 'change', place, ...(await wordsFor(restore, known)) },
    when: between(since, sweep.to),
    attribution,
    zone: published?.zone,
    published:
      published &&
      (published.words === undefined
        ? published.wording
        : {
            words: published.words,
            bounds: published.wording,
          }),
    batch,
  })
}

/** Words for a state: those that were used for it, of the place before others, else its facets. */
async function wordsFor({ place, from, to }: Restore, known: Known): Promise<Said> {
  const { account, said, held, words } = known
  const reports = (await held.reportsOf(account)).get(place) ?? []
  const used = [...reports.map(({ effect, said }) => [effect, said] as const).reverse(), ...said]
  const fitting = used.find(([effect]) => words.after(from, effect) === to)
  if (fitting !== undefined) return fitting[1]
  const effect = words.between(from, to)
  const claim = words.claimOf(effect)
  const sets = CONTROL_FACETS.some((facet) => facet in claim)
  return sets && words.byDefault(effect) ? { ...claim, basis: 'default' } : claim
}

function between(from: number, to: number): string {
  return `${printed(from)}/${printed(to)}`
}

function present(report: Written): Written {
  return Object.fromEntries(Object.entries(report).filter(([, value]) => value !== undefined))
}
