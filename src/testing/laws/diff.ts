/**
 * Law 9, diff: applied to the answers of the first reading it gives those of the second; diffs
 * compose; of a reading and itself it is empty. Readings differ in any of their coordinates, and are
 * given as objects or as tokens.
 */
import * as fc from 'fast-check'
import { type Answers, answersOf, type Change, changesBetween } from '../../reading/diff-answers.js'
import { applyDiff, composeDiffs } from '../../reading/diff-apply.js'
import type { Reading, Resolver } from '../../reading/types.js'
import { compareUtf8 } from '../../report/utf8.js'
import type { History } from '../arbitraries-input.js'
import { readings } from '../arbitraries-readings.js'
import { plain } from '../plain.js'
import { holds, same } from './answers.js'
import { Bench, type Engine, type Subject } from './subject.js'

/** Which coordinates a reading takes over from the one before it. */
type Kept = Readonly<Record<'valid' | 'known' | 'published' | 'accounts' | 'resolver', boolean>>

export interface Compared {
  /** Each is compared with the next, and the first with the last. */
  readonly readings: readonly [Reading, Reading, Reading]
  /** Whether the second is given as a token. */
  readonly byToken: boolean
}

export function diff(subject: Subject) {
  const cases = subject
    .histories()
    .chain((history) =>
      fc.record({ history: fc.constant(history), compared: compared(history, subject.resolvers) }),
    )
  return fc.asyncProperty(cases, ({ history, compared: pairs }) =>
    partsAlike(subject, history, pairs),
  )
}

function compared(
  history: History,
  resolvers: readonly (string | Resolver)[],
): fc.Arbitrary<Compared> {
  const reading: fc.Arbitrary<Reading> = fc
    .tuple(readings(history), fc.option(fc.constantFrom(...resolvers), { nil: undefined, freq: 2 }))
    .map(([{ resolver: _, ...coordinates }, resolver]) => ({
      ...coordinates,
      ...(resolver === undefined ? {} : { resolver }),
    }))
  // Most often one coordinate alone differs.
  const keeps = fc.boolean().chain((mostly) => {
    const keep = mostly ? fc.integer({ min: 0, max: 3 }).map((n) => n > 0) : fc.boolean()
    return fc.record({ valid: keep, known: keep, published: keep, accounts: keep, resolver: keep })
  })
  return fc.record({
    readings: fc
      .tuple(reading, reading, reading, keeps, keeps)
      .map(([a, other, another, first, second]): Compared['readings'] => {
        const b = following(a, other, first)
        return [a, b, following(b, another, second)]
      }),
    byToken: fc.boolean(),
  })
}

function following(before: Reading, other: Reading, kept: Kept): Reading {
  const pick = <K extends keyof Kept>(name: K) => {
    const value = (kept[name] ? before : other)[name]
    return value === undefined ? {} : { [name]: value }
  }
  return {
    valid: kept.valid ? before.valid : other.valid,
    ...pick('known'),
    ...pick('published'),
    ...pick('accounts'),
    ...pick('resolver'),
  }
}

/** Whether what is told to differ is what differs, wherever each reading is put. */
export async function partsAlike(
  subject: Subject,
  history: History,
  { readings: all, byToken }: Compared,
): Promise<void> {
  const { engine } = await Bench.holding(subject, history)
  const [a, second, c] = all
  const b = byToken && typeof second.resolver !== 'object' ? engine.at(second).token : second
  const [atA, atB, atC] = [answersAt(engine, a), answersAt(engine, b), answersAt(engine, c)]
  const [ab, bc, ac] = [engine.diff(a, b), engine.diff(b, c), engine.diff(a, c)]
  for (const [one, from, to] of [
    [ab, atA, atB],
    [bc, atB, atC],
    [ac, atA, atC],
  ] as const) {
    same('the diff applied to the first', to, applyDiff(from, one))
    same('what differs', slowly(from, to), bare(one.changes))
  }
  same('what composed diffs change', bare(ac.changes), bare(composeDiffs(ab, bc).changes))
  same('the diff and its way back', [], composeDiffs(ab, engine.diff(b, a)).changes)
  for (const reading of [a, b, c])
    same('what differs from itself', [], engine.diff(reading, reading).changes)
  for (const { changes, from, to } of [ab, bc, ac])
    haveCauses(engine, changes, from.resolver === to.resolver)
}

function answersAt(engine: Engine, reading: Reading | string): Answers {
  return answersOf([...engine.at(reading).places()].map(plain))
}

/** What differs, by comparing every place of both. */
function slowly(from: Answers, to: Answers): object[] {
  const [before, after] = [from, to].map(
    (answers) => new Map(answers.map((answer) => [answer.place, answer])),
  )
  const places = new Set([...from, ...to].map(({ place }) => place))
  return [...places]
    .sort(compareUtf8)
    .flatMap((place) => changesBetween(before!.get(place) ?? null, after!.get(place) ?? null))
}

/** Every change names what caused it; but for those that another resolver makes of the same words. */
function haveCauses(engine: Engine, changes: readonly Change[], alikeWeighed: boolean): void {
  for (const { type, place, reports } of changes) {
    const positions = reports.map((id) => engine.receipt(id)?.position ?? 0)
    same(`reports that changed ${type} of ${place}`, [...positions].sort(byNumber), positions)
    if (type !== 'resolved' || alikeWeighed)
      holds(reports.length > 0, `no report changed ${type} of ${place}`)
  }
}

const byNumber = (a: number, b: number) => a - b

function bare(changes: readonly Change[]): object[] {
  return changes.map(({ reports: _, ...change }) => change)
}
