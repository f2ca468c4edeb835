/**
 * What an append may change: a claim its own account, a second thought the accounts of what it
 * names, the desk's entry of a place the states of that place and its parts, and of a source the
 * accounts it has a hop in.
 */

import { accountOf } from '../../report/account.js'
import type { Json } from '../../report/types.js'
import { chainOf, type ReportInput } from '../arbitraries-input.js'

export interface Touched {
  readonly accounts: ReadonlySet<string>
  readonly places: ReadonlySet<string>
  readonly sources: ReadonlySet<string>
}

type Found = { readonly [K in keyof Touched]: Set<string> }
type Fields = Readonly<Record<string, Json | undefined>>

/** What a report may change of the states of a log that holds `earlier` ones. */
export function touchedBy(report: ReportInput, earlier: readonly ReportInput[]): Touched {
  const found: Found = { accounts: new Set(), places: new Set(), sources: new Set() }
  const seen = new Set<string>()
  const touch = (of: ReportInput): void => {
    if (seen.has(of.id)) return
    seen.add(of.id)
    const target = earlier.find(({ id }) => id === of.claim.of)
    if (target !== undefined) touch(target)
    else if (of.claim.kind === 'void')
      for (const member of earlier) if (member.batch === of.claim.batch) touch(member)
    if (of.claim.of === undefined) touchOwn(of, found)
    // Whatever account the report was ever corrected to stands for it too.
    for (const other of [...earlier, report])
      if (other.claim.of === of.id) touchMoved(other, of, found)
  }
  touch(report)
  return found
}

function touchOwn(report: ReportInput, { accounts, places, sources }: Found): void {
  const { kind, place, source } = report.claim
  const chain = chainOf(report)
  if (chain.length > 0) accounts.add(accountName(chain))
  else if (kind === 'place') places.add(String(place))
  else if (kind === 'source') sources.add(String(source))
}

function touchMoved({ claim }: ReportInput, of: ReportInput, found: Found): void {
  const { attribution, claim: changed } = (claim.fields ?? {}) as Fields
  if (Array.isArray(attribution)) found.accounts.add(accountName(attribution.map(sourceOf)))
  const moved = (changed as Fields | undefined)?.[of.claim.kind]
  if (of.claim.kind === 'place' && moved !== undefined) found.places.add(String(moved))
  if (of.claim.kind === 'source' && moved !== undefined) found.sources.add(String(moved))
}

const sourceOf = (hop: Json) => (typeof hop === 'string' ? hop : String((hop as Fields).source))

export const accountName = (chain: readonly string[]) =>
  accountOf(chain.map((source) => ({ source }))).name

/** Every place that is ever entered as part of one of these, however many steps down, and they. */
export function withParts(
  places: ReadonlySet<string>,
  reports: readonly ReportInput[],
): ReadonlySet<string> {
  const found = new Set(places)
  const entries = reports.filter(({ claim }) => claim.kind === 'place')
  for (const whole of found)
    for (const { claim } of entries)
      if ([claim.partOf].flat().includes(whole)) found.add(String(claim.place))
  return found
}
