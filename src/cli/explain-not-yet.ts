/** What an answer does not count, and what would show it. */
import type { Explanation, NotYet } from '../index.js'
import { momentWords } from './dates.js'
import { type Shown, sentence } from './explain-shown.js'
import { facetName, facetWords, inOrder } from './words.js'

/** Of each reason so many are told one by one. */
const MOST = 3

const REASONS = ['known', 'published', 'accounts', 'out', 'possible', 'valid'] as const

/** A report that is not counted, with what it says of each facet. */
interface Left {
  readonly one: NotYet
  readonly says: string[]
}

/** Lines of what is not counted, by reason; the rest of many is counted. */
export function notYetLines({ facets }: Explanation, shown: Shown): string[] {
  const left = new Map<string, Left>()
  for (const facet of inOrder(Object.keys(facets)))
    for (const one of facets[facet]!.notYet) {
      const known = left.get(one.report) ?? { one, says: [] }
      known.says.push(saysWords(facet, one, shown))
      left.set(one.report, known)
    }
  if (left.size === 0) return []
  const groups = REASONS.flatMap((why) => {
    const some = [...left.values()].filter(({ one }) => one.why === why)
    const more = some.length - MOST
    return [
      ...some.slice(0, MOST).flatMap((each) => item(leftWords(each, shown), shown)),
      ...(more > 0 ? item(`${more} more of this kind; --json lists all`, shown) : []),
    ]
  })
  return [shown.session.paint.bold('What is not counted'), ...groups]
}

function item(text: string, shown: Shown): string[] {
  const [first = '', ...rest] = sentence(text, 2, shown)
  return [`  • ${first.trimStart()}`, ...rest]
}

function leftWords({ one, says }: Left, shown: Shown): string {
  const { report, account, about } = one
  const who = account === 'desk' ? 'The desk' : shown.names.account(account)
  const what = about === undefined ? says.join('; ') : `on second thoughts about ${about}`
  return `${who}: ${what}. ${whyWords(one, shown)} (report ${report}).`
}

function saysWords(facet: string, { value }: NotYet, { names }: Shown): string {
  return value === null ? `no more word of ${facetName(facet)}` : facetWords(facet, value, names)
}

function whyWords({ why, from, by }: NotYet, shown: Shown): string {
  const moment = () => momentWords(wholeMinute(String(from)), shown.when)
  switch (why) {
    case 'known':
      return `Recorded later: it counts from --known ${from} on`
    case 'published':
      return `Published only on ${moment()}: it counts from --published ${String(from).replace('.000Z', 'Z')} on`
    case 'accounts':
      return 'Left out by the choice of accounts'
    case 'out':
      return by.length === 0
        ? 'Taken back'
        : `Taken back or replaced by ${by.map((id) => byWords(id, shown)).join(' and ')}`
    case 'possible':
      return from === null
        ? 'It may have begun'
        : `It may have begun, and certainly has by ${moment()}`
    case 'valid':
      return `It speaks of later: it may be so from ${moment()} on`
  }
}

function byWords(id: string, { entry, names }: Shown): string {
  const account = entry(id)?.account
  if (account === undefined) return id
  return `${account === 'desk' ? 'the desk' : names.account(account)} (${id})`
}

/** The last instant of a minute is told as the minute's end. */
function wholeMinute(iso: string): string {
  const at = Date.parse(iso)
  return (at + 1) % 60_000 === 0 ? new Date(at + 1).toISOString() : iso
}
