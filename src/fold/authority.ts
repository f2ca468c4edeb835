/**
 * Who may take back or correct a report: any hop of its own chain, for what that hop published or
 * said, through its own tellers in that chain or directly; and the desk. Others can only deny
 * (RULINGS 24).
 */
import type { Hop } from '../report/types.js'

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
