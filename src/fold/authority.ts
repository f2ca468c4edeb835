/**
 * Who may say what of a report. Who may take back or correct a report: any hop of its own chain, for what that hop published or
 * said, through its own tellers in that chain or directly; and the desk. Others can only deny
 * (RULINGS 24). Whoever tells a report takes no stance on what they say themselves; a hop that
 * relays it may doubt or corroborate it, and its origin may deny a relay (RULINGS 18).
 */
import { accountOf } from '../report/account.js'
import type { Hop, Stance } from '../report/types.js'

/** Why a chain may not have second thoughts about a report; `null` where it may. The desk's chain is empty. */
export function authorityFault(speaking: readonly Hop[], told: readonly Hop[]): string | null {
  if (speaking.length === 0) return null
  const speaker = speaking.at(-1)!.source
  const chain = told.map((hop) => hop.source)
  if (chain.length === 0)
    return 'the report is the desk’s own; the desk alone may void or correct it'
  const at = chain.indexOf(speaker)
  if (at === -1)
    return `${speaker} is no hop of the report's chain ${chain.join(' < ')}; one of these may, others can only deny`
  const through = speaking.slice(0, -1).map((hop) => hop.source)
  const own = chain.slice(0, at)
  if (
    through.length === 0 ||
    (through.length === own.length && through.every((s, i) => s === own[i]))
  )
    return null
  return `${speaker} speaks through ${through.join(' < ')}, which are not its tellers in the report's chain ${chain.join(' < ')}; directly${own.length === 0 ? '' : `, or through ${own.join(' < ')},`} would be right`
}

/** Why a chain may not take a stance on a report; `null` where it may. */
export function stanceFault(
  speaking: readonly Hop[],
  told: readonly Hop[],
  stance: Stance,
): string | null {
  if (told.length === 0)
    return 'the report is the desk’s own, which no source takes a stance on; a claim of what was so would be right'
  const speaker = accountOf(speaking)
  const teller = accountOf(told)
  if (speaker.name === teller.name)
    return `${speaker.name} told the report itself; a withdrawal or a correction would be right`
  const hops = told.map((hop) => hop.source)
  if (stance !== 'deny' || speaker.origin === teller.origin || !hops.includes(speaker.origin))
    return null
  return `${speaker.origin} is a hop of the report's chain ${hops.join(' < ')}, which it cannot deny; a withdrawal of it, or doubt, would be right`
}

/** Why a chain may not rate the credibility of a report; `null` where it may. */
export function credibilityFault(speaking: readonly Hop[], told: readonly Hop[]): string | null {
  if (told.length === 0)
    return 'the report is the desk’s own, which no source rates; rating those it cites would be right'
  const rater = accountOf(speaking).origin
  return rater === accountOf(told).origin
    ? `${rater} is the origin of the report, and nobody rates their own; another source's rating would be right`
    : null
}
