/** Ids of reports, places, actors, sources, batches and engagements: names that can be typed and printed. */
import { longerThan } from './utf8.js'
import { textFault } from './value.js'

const LONGEST = 200
const EVERYDAY = /^[!-~](?:[ -~]{0,198}[!-~])?$/
/** The same, of what stands in JSON as it is. */
const PLAIN = /^[!#-[\]-~](?:[ !#-[\]-~]{0,198}[!#-[\]-~])?$/
/** Controls, line and paragraph ends, and what reverses the direction of print. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Whether a text is surely an id, and JSON's text of it just the same in quotes. */
export function isPlainId(text: string): boolean {
  return PLAIN.test(text)
}

/** What is wrong with an id, or `null`: the sentence goes on from the id itself. */
export function idFault(id: string): string | null {
  if (EVERYDAY.test(id)) return null
  if (id === '') return 'is empty; 1 to 200 bytes would be right'
  if (longerThan(id, LONGEST)) return 'is too long for an id; at most 200 bytes would be right'
  if (UNSEEN.test(id)) return 'has a control character; an id without would be right'
  if (id.trim() !== id) return 'begins or ends with space; an id without would be right'
  return textFault(id)
}

/**
 * What is wrong with the id of a source, or `null`. Besides, names of accounts (`origin via a < b`,
 * `desk`) are no ids, so that no two accounts print alike.
 */
export function sourceIdFault(id: string): string | null {
  const fault = idFault(id)
  if (fault !== null) return fault
  if (id === 'desk') return 'is the name of the desk that keeps the log; another id would be right'
  if (id.includes(' via ') || id.includes(' < '))
    return 'reads as the name of an account; an id without " via " and " < " would be right'
  if (id.endsWith('/')) return 'ends with a slash; the name of the unnamed source goes after it'
  return null
}
