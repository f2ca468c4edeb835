/** An explanation as a short text: facet by facet the answer, what it rests on, and what stands against it. */
import type { Explanation, FacetExplanation, FacetValue, Loser, PlaceView } from '../index.js'
import { notYetLines } from './explain-not-yet.js'
import { type Shown, sentence } from './explain-shown.js'
import { sayingLines, speakerWords } from './sayings.js'
import { wrap } from './table.js'
import { CLEARED, facetName, facetWords, inOrder, isFullHold, isNone } from './words.js'

const QUESTIONS: Readonly<Record<string, string>> = {
  holder: 'Who holds it',
  contest: 'Whether it is fought over',
  fireControl: 'Who has it under fire',
  siege: 'Whether it is besieged',
  threat: 'Who threatens it',
  presence: 'Who is there without holding it',
  administration: 'Who administers it',
}

/** Who cannot both be right, in a sentence each. */
export function disputesLines({ disputes }: PlaceView, shown: Shown): string[] {
  return disputes
    .filter(({ open }) => !open)
    .flatMap(({ parties, facets, shared, cause }) => {
      const [a, b] = parties.map((party) => shown.names.account(party))
      const common =
        shared.length === 0 ? '' : `, though both have the same ${shared.join(' and ')}`
      const on = inOrder(facets).map(facetName).join(' and ')
      return wrap(
        shown.session.paint.red(`${a} and ${b} cannot both be right on ${on}${common} (${cause}).`),
        shown.session.width,
      )
    })
}

/** Lines of every facet of which anything is said, a blank one between them; then what is not counted. */
export function explanationLines(explained: Explanation, shown: Shown): string[] {
  const { facets } = explained
  const told = inOrder(Object.keys(facets))
  const spoken = told.filter((facet) => speaks(facets[facet]!))
  const implied = spoken.filter((facet) => isImplied(facet, facets))
  const blocks = spoken
    .filter((facet) => !implied.includes(facet))
    .map((facet) => [
      shown.session.paint.bold(QUESTIONS[facet] ?? facet),
      ...facetLines(facet, facets[facet]!, shown),
      ...(facet === 'holder' ? impliedLines(implied, facets, shown) : []),
    ])
  if (blocks.length === 0 && told.length > 0)
    blocks.push(['Nothing that this reading counts says anything of it.'])
  const hidden = notYetLines(explained, shown)
  if (hidden.length > 0) blocks.push(hidden)
  return blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]))
}

/** Whether there is an answer, or anything that could be one. */
function speaks({ answer, losers, accounts }: FacetExplanation): boolean {
  return (
    answer !== null ||
    losers.length > 0 ||
    accounts.some(({ others, ended }) => others.length > 0 || ended !== null)
  )
}

/** Whether a facet is none, or may be, by the very reports that say who holds the place fully. */
function isImplied(facet: string, facets: Explanation['facets']): boolean {
  const { answer, support, losers, accounts } = facets[facet]!
  const { holder } = facets
  if (!CLEARED.includes(facet) || holder === undefined || losers.length > 0) return false
  const full = (value: FacetValue | null) => isFullHold(value ?? undefined)
  const others = (of: FacetExplanation, fits: (value: FacetValue | null) => boolean) =>
    of.accounts.flatMap((one) => one.others.filter(({ value }) => fits(value)))
  const reports = others(holder, full).flatMap((one) => one.reports)
  const isOther = accounts
    .flatMap((one) => one.others)
    .every(
      (one) =>
        one.value === null ||
        (isNone(one.value) && one.reports.every((id) => reports.includes(id))),
    )
  if (!isOther) return false
  if (answer === null) return reports.length > 0
  return (
    answer.decided &&
    isNone(answer.value) &&
    holder.answer?.decided === true &&
    full(holder.answer.value) &&
    holder.support.join() === support.join()
  )
}

function impliedLines(
  implied: readonly string[],
  facets: Explanation['facets'],
  shown: Shown,
): string[] {
  const settled = implied.filter((facet) => facets[facet]!.answer !== null)
  if (settled.length === 0) return []
  const words = settled.map((facet) => facetWords(facet, [], shown.names)).join(' and ')
  return sentence(`The same report has it ${words}.`, 1, shown)
}

function facetLines(facet: string, explained: FacetExplanation, shown: Shown): string[] {
  return [
    ...answerLines(facet, explained, shown),
    ...againstLines(facet, explained, shown),
    ...insteadLines(facet, explained, shown),
    ...endedLines(explained, shown),
  ]
}

function answerLines(facet: string, explained: FacetExplanation, shown: Shown): string[] {
  const { answer, support, alsoSaid } = explained
  if (answer === null) return sentence('No account says anything of it that is settled.', 1, shown)
  if (!answer.decided) {
    const said = `Undecided: ${answer.rule}. What is said:`
    return sentence(shown.session.paint.yellow(said), 1, shown)
  }
  const certainty =
    answer.certainty === 'certain' ? ': certain' : ': settled, but something else is possible too'
  return [
    ...sentence(
      shown.session.paint.green(
        `${upper(facetWords(facet, answer.value, shown.names))}${certainty}.`,
      ),
      1,
      shown,
    ),
    ...sentence(
      `Why: ${answer.rule}${answer.support.length > 0 ? `: ${accounts(answer.support, shown)}` : ''}.`,
      1,
      shown,
    ),
    ...(support.length === 0
      ? []
      : sentence(`It rests on ${counted(support, 'report')}:`, 1, shown)),
    ...support.flatMap((id) => reportLines(id, shown)),
    ...alsoLines(alsoSaid, shown),
  ]
}

function alsoLines(ids: readonly string[], shown: Shown): string[] {
  if (ids.length === 0) return []
  const told = [...new Set(ids.map((id) => speaker(id, shown)))]
  return sentence(`Also said by ${counted(ids, 'other report')}: ${told.join('; ')}.`, 1, shown)
}

/** Values that lost, or between which nothing is decided, each with whoever says it. */
function againstLines(facet: string, { answer, losers }: FacetExplanation, shown: Shown): string[] {
  if (losers.length === 0) return []
  const undecided = answer !== null && !answer.decided
  const values = new Map<string, Loser[]>()
  for (const loser of losers) {
    const text = JSON.stringify([loser.value, loser.rule])
    values.set(text, [...(values.get(text) ?? []), loser])
  }
  return [
    ...(undecided ? [] : sentence('Against it:', 1, shown)),
    ...[...values.values()].flatMap((same) => [
      ...sentence(
        `${upper(facetWords(facet, same[0]!.value, shown.names))}, according to`,
        2,
        shown,
      ),
      ...same.flatMap(({ reports }) => reportLines(reports[0]!, shown)),
      ...sentence(lostWords(same[0]!, undecided, shown), 2, shown),
    ]),
  ]
}

function lostWords({ rule, wouldWin }: Loser, undecided: boolean, shown: Shown): string {
  const lost = undecided ? '' : `It does not prevail: ${rule}. `
  return wouldWin === null
    ? `${lost}No further claim by any one source would make it the answer.`
    : `${lost}It would be the answer if ${shown.names.account(wouldWin)} said so${undecided ? ' too' : ' once more'}.`
}

function insteadLines(facet: string, { accounts }: FacetExplanation, shown: Shown): string[] {
  return accounts.flatMap(({ account, others }) =>
    others
      .filter(({ value, reports }) => value !== null || reports.length > 0)
      .flatMap(({ value, reports }) => [
        ...sentence(
          `Possible instead, as ${shown.names.account(account)} tells it: ${insteadWords(facet, value, shown)}.`,
          1,
          shown,
        ),
        ...reports.flatMap((id) => reportLines(id, shown)),
      ]),
  )
}

function insteadWords(facet: string, value: FacetValue | null, { names }: Shown): string {
  return value === null ? `no more word of ${facetName(facet)}` : facetWords(facet, value, names)
}

function endedLines({ accounts }: FacetExplanation, shown: Shown): string[] {
  return accounts.flatMap(({ account, ended }) => {
    if (ended === null) return []
    const why =
      ended.by === 'end'
        ? 'what it said has ended, as said in'
        : 'it said that this no longer holds, in'
    return [
      ...sentence(`${shown.names.account(account)} says nothing of it any more: ${why}`, 1, shown),
      ...reportLines(ended.report, shown),
    ]
  })
}

/** A report under a bullet. */
function reportLines(id: string, shown: Shown): string[] {
  const entry = shown.entry(id)
  if (entry === undefined) return []
  const [first = '', ...rest] = sayingLines(entry, shown)
  const { dim } = shown.session.paint
  const indent = ' '.repeat(6)
  const wrapped = (text: string) => wrap(text, shown.session.width - indent.length)
  const [head = '', ...more] = wrapped(first)
  return [
    `    • ${head}`,
    ...[...more, ...rest.slice(0, -1).flatMap(wrapped)].map((line) => `${indent}${line}`),
    ...wrapped(rest.at(-1) ?? '').map((line) => `${indent}${dim(line)}`),
  ]
}

function speaker(id: string, shown: Shown): string {
  const entry = shown.entry(id)
  return entry === undefined ? id : speakerWords(entry.report.attribution, shown)
}

const accounts = (all: readonly string[], { names }: Shown): string =>
  all.map((name) => names.account(name)).join(', ')

const counted = (ids: readonly string[], unit: string): string =>
  `${ids.length} ${unit}${ids.length === 1 ? '' : 's'}`

const upper = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
