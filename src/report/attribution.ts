/** Chains of attribution as a person writes them, and what makes a chain whole. */
import { namedUnder } from './account.js'
import { sourceIdFault } from './id.js'
import { refuse, unknownField } from './issues.js'
import { type Path, show } from './show.js'
import type { Hop, Json, JsonRecord, Stance } from './types.js'

const STANCES: readonly string[] = ['none', 'corroborate', 'doubt', 'deny']

/**
 * Reads a chain: a source, or a list of sources and `{ source, stance }`, the publisher first.
 *
 * @throws `invalid-report`
 */
export function readAttribution(value: Json, path: Path): Hop[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
  if (list.length === 0)
    throw refuse(path, 'names nobody; at least the source that speaks would be right')
  const hops = list.map((hop, i) => readHop(hop, Array.isArray(value) ? [...path, i] : path))
  checkChain(hops, path)
  return hops
}

function readHop(value: Json, path: Path): Hop {
  if (typeof value === 'string') return { source: readSource(value, path) }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse(
      path,
      `${show(value)} is no source; its id, or { source, stance }, would be right, as in "al-masdar"`,
    )
  const hop = value as JsonRecord
  for (const key of Object.keys(hop))
    if (key !== 'source' && key !== 'stance') throw unknownField(path, key, ['source', 'stance'])
  const source = readSource(hop.source, [...path, 'source'])
  const { stance = 'none' } = hop
  if (typeof stance !== 'string' || !STANCES.includes(stance))
    throw refuse(
      [...path, 'stance'],
      `${show(stance)} is no stance; ${STANCES.join(', ')} would be right`,
    )
  return stance === 'none' ? { source } : { source, stance: stance as Exclude<Stance, 'none'> }
}

function readSource(value: Json | undefined, path: Path): string {
  if (typeof value !== 'string')
    throw refuse(
      path,
      value === undefined
        ? 'is missing; the id of a source would be right, as in "al-masdar"'
        : `${show(value)} is no source; its id would be right, as in "al-masdar"`,
    )
  const fault = sourceIdFault(value)
  if (fault !== null) throw refuse(path, `${show(value)} ${fault}`)
  return value
}

/**
 * Refuses a chain in which a source stands twice, an unnamed source not directly below its
 * publisher, or the origin takes a stance on its own word.
 *
 * @throws `invalid-report`
 */
export function checkChain(hops: readonly Hop[], path: Path): void {
  hops.forEach((hop, i) => {
    const named = namedUnder(hop.source)
    if (named !== null && hops[i - 1]?.source !== named)
      throw refuse(
        [...path, i],
        `${show(hop.source)} is an unnamed source of ${show(named)}; it stands directly below it, as in ["${named}", "${hop.source}"]`,
      )
    if (hops.findIndex((other) => other.source === hop.source) < i)
      throw refuse([...path, i], `${show(hop.source)} is named twice; once would be right`)
  })
  const origin = hops.length - 1
  if (hops[origin]?.stance !== undefined)
    throw refuse(
      [...path, origin, 'stance'],
      'is a stance on its own word; only a source that relays another takes one',
    )
}
