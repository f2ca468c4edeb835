/**
 * Finding a known place, actor or source by a name that somebody typed.
 *
 * Names are compared folded: without case, accents, apostrophes and the marks for ayn and hamza,
 * hyphens as spaces. What matches is ranked by how it does, closest first:
 * as written, folded, as a beginning, by beginnings of its words, by near spelling. Matches that
 * are equally good come by spelling and id, never by the order in which they were known.
 */

/** An entry of the registry by its id and every name it goes by; its id is a name too. */
export interface Named {
  readonly id: string
  readonly names: readonly string[]
}

/** The best of an entry's names for what was asked. */
export interface NameMatch {
  readonly id: string
  /** The name that matched, as it is known. */
  readonly name: string
  /** Letters to change, add or leave out between the folded names; 0 where they are the same. */
  readonly distance: number
}

/** How a name matches, in the order of closeness. */
const AS_WRITTEN = 0
const FOLDED = 1
const BEGINNING = 2
const WORDS = 3
const NEAR = 4

/** Longer names are compared by their beginnings. */
const COMPARED = 200

// Apostrophes and quotes, the half rings and letters written for ayn and hamza, the tatweel.
const SILENT = /['"`\u00b4\u2018-\u201f\u2032-\u2035\u02b9-\u02c1\u02ca-\u02cf\u0640]/gu
const MARKS = /\p{M}/gu
const BETWEEN = /[^\p{L}\p{N}]+/gu

/**
 * A name as it is compared: `Al-Ḥāḍir`, `al hadir` and `AL HADIR` are one. Empty for a name
 * without letters or digits. Folding twice changes nothing more.
 */
export function fold(name: string): string {
  let folded = name
  for (;;) {
    const next = once(folded)
    if (next === folded) return folded
    folded = next
  }
}

/** Marks go before and after lower case, which makes new ones (as of `İ`). */
function once(name: string): string {
  return name
    .replace(SILENT, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SILENT, '')
    .replace(BETWEEN, ' ')
    .trim()
}

/**
 * The known names nearest to one that is not known, for a refusal: one per entry, closest first,
 * at most `most`; none where nothing is near.
 */
export async function nearest(
  query: string,
  known: Iterable<Named>,
  most = 5,
): Promise<NameMatch[]> {
  return (await search(query, known)).slice(0, most)
}

/** Every entry that goes by the name asked for or one spelt nearly so, closest first. */
export async function search(query: string, known: Iterable<Named>): Promise<NameMatch[]> {
  const { distance } = await import('fastest-levenshtein')
  const asked = askedFor(query)
  const found: Ranked[] = []
  for (const { id, names } of known) {
    let best: Ranked | undefined
    for (const name of new Set([id, ...names])) {
      const ranked = rank(asked, id, name, distance)
      if (ranked !== undefined && (best === undefined || closer(ranked, best) < 0)) best = ranked
    }
    if (best !== undefined) found.push(best)
  }
  return found.sort(closer).map(({ id, name, distance }) => ({ id, name, distance }))
}

interface Asked {
  readonly written: string
  readonly forms: readonly string[]
  readonly words: readonly string[]
}

interface Ranked extends NameMatch {
  readonly rank: number
}

function askedFor(query: string): Asked {
  const folded = fold(query).slice(0, COMPARED)
  return { written: query, forms: formsOf(folded), words: folded.split(' ') }
}

/** A folded name, and what is left of it without a short first word: an article, as a rule. */
function formsOf(folded: string): string[] {
  const [, bare] = /^\S{1,3} (.{3,})$/u.exec(folded) ?? []
  return bare === undefined ? [folded] : [folded, bare]
}

function rank(
  asked: Asked,
  id: string,
  name: string,
  distance: (a: string, b: string) => number,
): Ranked | undefined {
  if (name === asked.written) return { id, name, rank: AS_WRITTEN, distance: 0 }
  const folded = fold(name).slice(0, COMPARED)
  const [whole = ''] = asked.forms
  if (whole === '' || folded === '') return undefined
  if (folded === whole) return { id, name, rank: FOLDED, distance: 0 }

  const forms = formsOf(folded)
  if (forms.some((form) => form.startsWith(whole)))
    return { id, name, rank: BEGINNING, distance: distance(whole, folded) }
  const words = folded.split(' ')
  if (asked.words.every((word) => words.some((other) => other.startsWith(word))))
    return { id, name, rank: WORDS, distance: distance(whole, folded) }

  let near: number | undefined
  for (const form of forms)
    for (const other of asked.forms) {
      const bound = Math.floor(Math.max(form.length, other.length) / 3)
      if (Math.abs(form.length - other.length) > bound) continue
      const far = distance(other, form)
      if (far <= bound && (near === undefined || far < near)) near = far
    }
  return near === undefined ? undefined : { id, name, rank: NEAR, distance: near }
}

function closer(a: Ranked, b: Ranked): number {
  return (
    a.rank - b.rank || a.distance - b.distance || compare(a.name, b.name) || compare(a.id, b.id)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
