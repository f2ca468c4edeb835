/**
 * Diffs at work: applied to the answers of their first reading they give those of the second, and
 * one after another they compose (law 9).
 */
import { RashomonError } from '../errors.js'
import { compareUtf8 } from '../report/utf8.js'
import {
  type Answers,
  aboutText,
  type Change,
  compareChanges,
  type Diff,
  isSame,
  NOTHING,
  type PlaceAnswer,
  type Resolved,
  type Whole,
} from './diff-answers.js'
import type { SettledReading, Standing } from './types.js'

/**
 * The answers of the diff's second reading, from those of its first.
 *
 * @throws `diff-mismatch` where the answers are not those of the first reading, naming the first place that differs.
 */
export function applyDiff(answers: Answers, diff: Pick<Diff, 'changes'>): Answers {
  const places = new Map(answers.map((answer) => [answer.place, draftOf(answer)]))
  for (const change of diff.changes) {
    const draft = places.get(change.place) ?? emptyDraft()
    places.set(change.place, draft)
    applyChange(draft, change)
  }
  return [...places]
    .map(([place, draft]) => answerOf(place, draft))
    .filter(({ accounts }) => Object.keys(accounts).length > 0)
    .sort((a, b) => compareUtf8(a.place, b.place))
}

/**
 * The diff from the first reading of the one to the second of the other; what came back is left out.
 * Reports that caused a change are those of both.
 *
 * @throws `diff-mismatch` where the second does not begin at the reading at which the first ends.
 */
export function composeDiffs(first: Diff, second: Diff): Diff {
  if (!isSame(pinned(first.to), pinned(second.from)))
    throw new RashomonError(
      'diff-mismatch',
      `from: the second diff begins at ${JSON.stringify(second.from)}, the first ends at ${JSON.stringify(first.to)}; two that meet at one reading would be right`,
      { place: { field: 'from' }, data: { ends: first.to, begins: second.from } },
    )
  const changes = new Map(first.changes.map((change) => [aboutText(change), change]))
  for (const change of second.changes) {
    const text = aboutText(change)
    const before = changes.get(text)
    if (before !== undefined && !isSame(before.to, change.from)) throw misfit(change, before.to)
    const joined = before === undefined ? change : joinedOf(before, change)
    if (isSame(joined.from, joined.to)) changes.delete(text)
    else changes.set(text, joined)
  }
  return { from: first.from, to: second.to, changes: [...changes.values()].sort(compareChanges) }
}

/** A reading without what is only said about it. */
function pinned({ knownNote: _, ...reading }: SettledReading): Omit<SettledReading, 'knownNote'> {
  return reading
}

/** Both are about the same, so what the one has as `from` the other may have too. */
function joinedOf(before: Change, after: Change): Change {
  const reports = [...new Set([...before.reports, ...after.reports])]
  return { ...after, from: before.from, reports } as Change
}

interface Draft {
  standing: Standing
  readonly resolved: Map<string, Resolved>
  readonly accounts: Map<string, Map<string, Whole>>
}

function emptyDraft(): Draft {
  return { standing: NOTHING, resolved: new Map(), accounts: new Map() }
}

function draftOf({ standing, resolved, accounts }: PlaceAnswer): Draft {
  return {
    standing,
    resolved: new Map(Object.entries(resolved)),
    accounts: new Map(
      Object.entries(accounts).map(([account, facets]) => [
        account,
        new Map(Object.entries(facets)),
      ]),
    ),
  }
}

function applyChange(draft: Draft, change: Change): void {
  switch (change.type) {
    case 'standing':
      if (draft.standing !== change.from) throw misfit(change, draft.standing)
      draft.standing = change.to
      return
    case 'resolved':
      replace(draft.resolved, change.facet, change)
      return
    case 'facet': {
      const facets = draft.accounts.get(change.account) ?? new Map<string, Whole>()
      draft.accounts.set(change.account, facets)
      replace(facets, change.facet, change)
    }
  }
}

function replace<T>(
  values: Map<string, T>,
  facet: string,
  change: Change & { readonly from: T | null; readonly to: T | null },
): void {
  const found = values.get(facet) ?? null
  if (!isSame(found, change.from)) throw misfit(change, found)
  if (change.to === null) values.delete(facet)
  else values.set(facet, change.to)
}

function answerOf(place: string, { standing, resolved, accounts }: Draft): PlaceAnswer {
  const said = [...accounts].filter(([, facets]) => facets.size > 0)
  return {
    place,
    standing,
    resolved: Object.fromEntries(resolved),
    accounts: Object.fromEntries(
      said.map(([account, facets]) => [account, Object.fromEntries(facets)]),
    ),
  }
}

function misfit(change: Change, found: unknown): RashomonError {
  const { type, place } = change
  const account = type === 'facet' ? `${change.account} on ` : ''
  const what = type === 'standing' ? 'the standing' : `${account}${change.facet}`
  return new RashomonError(
    'diff-mismatch',
    `${what} of ${place}: the diff begins at ${JSON.stringify(change.from)}, here is ${JSON.stringify(found)}; the answers of the diff's first reading would be right`,
    { place: { field: type }, data: { place, expected: change.from, found } },
  )
}
