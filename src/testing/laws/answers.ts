/** Everything that can be read of an engine at a reading, question by question. */
import { canonicalText } from '../../fold/intern.js'
import type { Reading, SettledReading } from '../../reading/types.js'
import { compareUtf8 } from '../../report/utf8.js'
import type { Engine, Subject } from './subject.js'

/** Answers by the question they answer. */
export type Answers = ReadonlyMap<string, unknown>

/**
 * What the log says of the world at a reading: places, states, histories, registry. Nothing of it
 * names a position or hangs on one.
 */
export function statesAt(engine: Engine, { projections }: Subject, reading: Reading): Answers {
  const view = engine.at(reading)
  const stretch = withoutInstant(reading, view.reading)
  const answers = new Map<string, unknown>()
  const registry = engine.registry({ valid: reading.valid, known: view.reading.known })
  for (const kind of ['places', 'actors', 'sources'] as const)
    for (const entry of registry[kind]())
      answers.set(`the registry of ${entry.kind} ${entry.id}`, entry)
  for (const { id } of registry.places()) {
    answers.set(`place ${id}`, view.place(id))
    answers.set(`the history of ${id}`, engine.history(id, stretch))
  }
  const told = [...view.places()].map(({ place }) => place)
  answers.set('the places', told)
  for (const projection of projections)
    for (const key of view.keys(projection))
      answers.set(`${projection.name} of ${canonicalText(key)}`, view.state(projection, key))
  return sorted(answers)
}

/** The coordinates of a history: `then` is told of the reading's instant, which a history has not. */
function withoutInstant(
  { valid: _, ...reading }: Reading,
  { known, published }: SettledReading,
): Omit<Reading, 'valid'> {
  return {
    ...reading,
    ...(reading.known === 'then' ? { known } : {}),
    ...(reading.published === 'then' && published !== null ? { published } : {}),
  }
}

/** The same, and what names positions: beliefs, token, and the log up to there. */
export function answersAt(engine: Engine, subject: Subject, reading: Reading): Answers {
  const answers = new Map(statesAt(engine, subject, reading))
  const view = engine.at(reading)
  const { known } = view.reading
  answers.set('the reading', view.reading)
  answers.set('the token', view.token)
  answers.set('what the token opens', engine.at(view.token).reading)
  for (const { id } of engine.registry({ known }).places()) {
    answers.set(`what the token opens on ${id}`, engine.at(view.token).place(id))
    for (const by of ['known', 'published'] as const)
      answers.set(`the beliefs about ${id} by ${by}`, engine.beliefs(id, { ...reading, by }))
  }
  // Whether an entry counts, and what places it is about, are told of the head.
  for (const { counts: _, places: __, ...entry } of engine.reports({ upTo: known }))
    answers.set(`entry ${entry.position}`, entry)
  return answers
}

/**
 * Compares two sets of answers.
 *
 * @throws `Breach` that names the first question whose answers differ, and where in them.
 */
export function sameAnswers(what: string, expected: Answers, found: Answers): void {
  for (const question of new Set([...expected.keys(), ...found.keys()]))
    same(`${what}, ${question}`, expected.get(question), found.get(question))
}

/** @throws `Breach` that says where two values differ. */
export function same(what: string, expected: unknown, found: unknown): void {
  const difference = differenceOf(expected, found, '')
  if (difference !== null) throw new Breach(`${what}: ${difference}`)
}

/** @throws `Breach` unless it is so. */
export function holds(so: boolean, otherwise: string): asserts so {
  if (!so) throw new Breach(otherwise)
}

/** A law that does not hold, in words. */
export class Breach extends Error {
  override readonly name = 'Breach'
}

function differenceOf(a: unknown, b: unknown, path: string): string | null {
  if (Object.is(a, b)) return null
  if (!isNode(a) || !isNode(b) || Array.isArray(a) !== Array.isArray(b))
    return `${path === '' ? '' : `${path} `}was ${brief(a)}, is ${brief(b)}`
  for (const field of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const within = path === '' ? field : `${path}.${field}`
    const found = differenceOf(fieldOf(a, field), fieldOf(b, field), within)
    if (found !== null) return found
  }
  return null
}

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null
const fieldOf = (node: object, field: string) => (node as Record<string, unknown>)[field]

/** A value in as many characters as are read at a glance. */
function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : canonicalText(value)
  return text.length <= GLANCE ? text : `${text.slice(0, GLANCE)} …`
}

const GLANCE = 300

function sorted(answers: Map<string, unknown>): Answers {
  return new Map([...answers].sort(([a], [b]) => compareUtf8(a, b)))
}
