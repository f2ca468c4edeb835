/**
 * Claims of control as they are written every day, read without a schema: a place, facets by their
 * actors, a status, marks. They are most of every log that maps a war.
 *
 *   claim ─▶ everydayControl ──▶ ClaimRead, the one that `readClaim` and the kind would give
 *                           └──▶ null, where anything is unusual: the kind's schema reads or refuses it
 */
import { isPlain } from './canonical.js'
import type { ClaimRead } from './house.js'
import { isPlainId } from './id.js'
import type { ClaimKind } from './kind.js'
import { control } from './kinds/control.js'
import { isBasis } from './marks.js'
import type { Claim, Json, JsonRecord } from './types.js'

/** What an everyday claim may hold beside its kind and place, in the order of the canonical form. */
const FIELDS = [
  'administration',
  'basis',
  'contest',
  'expected',
  'fireControl',
  'holder',
  'kind',
  'mode',
  'place',
  'presence',
  'siege',
  'status',
  'threat',
  'throughout',
] as const

const KIND = 'control'
const NOTHING = {}

/** Reads a claim of control; `null` where it is not surely an everyday one. */
export function everydayControl(said: JsonRecord): ClaimRead | null {
  const claim: Record<string, Json> = {}
  let text = ''
  const extent = extentOf(said)
  if (extent === null) return null
  let left = Object.keys(said).length - (said.extent === undefined ? 0 : 1)
  let facets = 0
  let actors: readonly string[] = []
  for (const field of FIELDS) {
    const value = said[field]
    if (value === undefined) continue
    left--
    let written: string
    switch (field) {
      case 'kind':
        claim[field] = KIND
        written = `"${KIND}"`
        break
      case 'place':
        if (typeof value !== 'string' || !isPlainId(value)) return null
        claim[field] = value
        written = `"${value}"`
        break
      case 'status':
        if (typeof value !== 'string' || !isPlain(value) || value.trim() === '') return null
        claim[field] = value
        written = `"${value}"`
        break
      case 'mode':
        if (value === 'observation') continue
        if (value !== 'change' || said.throughout === true) return null
        claim[field] = value
        written = '"change"'
        break
      case 'basis':
        if (!isBasis(value)) return null
        claim[field] = value
        written = `"${value}"`
        break
      case 'expected':
      case 'throughout':
        if (value === false) continue
        if (value !== true) return null
        claim[field] = value
        written = 'true'
        break
      default: {
        const named = field === 'holder' ? actorsOfHolder(value) : value
        const list = named === null ? null : setOf(named)
        if (list === null) return null
        facets++
        actors = list
        written = setText(list)
        if (field !== 'holder') claim[field] = list
        else {
          if (extent !== undefined && list.length === 0) return null
          claim[field] = extent === undefined ? { actors: list } : { actors: list, extent }
          written = `{"actors":${written}${extent === undefined ? '' : `,"extent":"${extent}"`}}`
        }
      }
    }
    text += `${text === '' ? '{' : ','}"${field}":${written}`
  }
  if (left > 0 || facets === 0 || typeof claim.place !== 'string') return null
  if (facets > 1) actors = allActors(claim)
  return {
    claim: { value: claim as Claim, text: `${text}}` },
    references: { places: [claim.place], actors },
    hidden: NOTHING,
  }
}

/** The actors that hold, however they are written; `null` for what is no everyday holder. */
function actorsOfHolder(value: Json): Json | null {
  if (!isRecord(value)) return value
  for (const field in value) if (field !== 'actors' && field !== 'extent') return null
  return value.actors ?? null
}

/** The extent, which stands in the holder or beside it; `null` for what is no everyday one. */
function extentOf({ holder, extent: beside }: JsonRecord): 'full' | 'partial' | undefined | null {
  const isObject = isRecord(holder)
  if (beside !== undefined && (isObject || holder === undefined)) return null
  const extent = isObject ? holder.extent : beside
  return extent === undefined || extent === 'full' || extent === 'partial' ? extent : null
}

function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A set of ids as it is kept; plain ids are in the order of their UTF-8 bytes where they are sorted. */
function setOf(value: Json): string[] | null {
  if (typeof value === 'string') return isPlainId(value) ? [value] : null
  if (!Array.isArray(value)) return null
  for (const id of value) if (typeof id !== 'string' || !isPlainId(id)) return null
  const ids = (value as readonly string[]).slice().sort()
  for (let i = 1; i < ids.length; i++) if (ids[i] === ids[i - 1]) return null
  return ids
}

function setText(ids: readonly string[]): string {
  return ids.length === 0 ? '[]' : `["${ids.join('","')}"]`
}

/** The actors of all facets, in the order in which the kind names them. */
function allActors(claim: JsonRecord): readonly string[] {
  return (control as ClaimKind<object>).references(claim).actors ?? []
}
