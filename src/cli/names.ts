/**
 * From what a person writes to the id it means, and back to the name a person reads. An id is
 * taken as it is; a name or alias finds its entry when it has only one.
 */
import { RashomonError } from '../errors.js'
import type { AccountFilter, AccountName, RegistryEntry, RegistryView } from '../index.js'

export type EntryKind = RegistryEntry['kind']

/** Names for ids, as the registry has them at a reading. */
export interface Names {
  place(id: string): string
  actor(id: string): string
  source(id: string): string
  /** The account's origin, and the tellers it comes through where they are not in its name. */
  account(name: string): string
}

export function namesIn(registry: RegistryView): Names {
  const name = (kind: EntryKind) => {
    const found = new Map<string, string>()
    return (id: string): string => {
      const known = found.get(id)
      if (known !== undefined) return known
      const made = registry.entry(kind, id)?.name ?? id
      found.set(id, made)
      return made
    }
  }
  const source = name('source')
  return {
    place: name('place'),
    actor: name('actor'),
    source,
    account: (told) => {
      const [origin = told, tellers] = told.split(' via ')
      if (tellers === undefined) return unnamed(origin, source)
      return `${source(origin)} via ${tellers.split(' < ').map(source).join(' < ')}`
    },
  }
}

/** An unnamed source is told with the one that it stands under: `activists (Al-Masdar News)`. */
function unnamed(origin: string, source: (id: string) => string): string {
  const slash = origin.lastIndexOf('/')
  const name = source(origin)
  return slash < 0 || name === origin ? name : `${name} (${source(origin.slice(0, slash))})`
}

/**
 * The id that is meant.
 *
 * @throws `unknown-name` with the nearest names, or with the candidates where several fit.
 */
export async function idOf(
  registry: RegistryView,
  kind: EntryKind,
  query: string,
): Promise<string> {
  if (registry.entry(kind, query) !== undefined) return query
  const matches = await registry.find(kind, query)
  const named = matches.filter(({ match }) => match !== 'near').map(({ entry }) => entry)
  const [only] = named
  if (only !== undefined && named.length === 1) return only.id
  const candidates = named.length > 1 ? named : matches.map(({ entry }) => entry)
  const nearest = candidates.slice(0, 5).map(({ id, name }) => ({ id, name }))
  throw new RashomonError('unknown-name', wordsOf(kind, query, nearest, named.length > 1), {
    place: { field: kind },
    data: { kind, query, nearest },
  })
}

function wordsOf(
  kind: EntryKind,
  query: string,
  nearest: readonly { readonly id: string; readonly name: string }[],
  ambiguous: boolean,
): string {
  const list = nearest.map(({ id, name }) => (id === name ? id : `${id} (${name})`)).join(', ')
  const said = JSON.stringify(query)
  if (ambiguous) return `${kind}: ${said} is the name of several; say which by its id: ${list}`
  const hint = list === '' ? `there is none like it; \`${kind}s\` lists them` : `nearest: ${list}`
  return `${kind}: the log knows no ${kind} ${said}; ${hint}`
}

const NARROWER = ['origin', 'publisher', 'alignment'] as const

/**
 * The filter of `--account NAME` (`!NAME` leaves out) and `--not-account NAME`; names may be
 * narrowed as in `publisher:al-masdar`, `origin:…`, `alignment:…`. `undefined` for all accounts.
 *
 * @throws `unknown-name` for a source or an alignment that the log does not know.
 */
export async function filterOf(
  registry: RegistryView,
  included: readonly string[] = [],
  excluded: readonly string[] = [],
): Promise<AccountFilter | undefined> {
  const out = [...excluded, ...included.filter((name) => name.startsWith('!')).map(bare)]
  const kept = included.filter((name) => !name.startsWith('!'))
  const named = async (names: readonly string[]) => {
    const found: AccountName[] = []
    for (const name of names) found.push(await accountName(registry, name))
    return found
  }
  if (kept.length === 0 && out.length === 0) return undefined
  const [include, exclude] = [await named(kept), await named(out)]
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(exclude.length === 0 ? {} : { exclude }),
  }
}

const bare = (name: string): string => name.slice(1)

async function accountName(registry: RegistryView, text: string): Promise<AccountName> {
  const narrower = NARROWER.find((each) => text.startsWith(`${each}:`))
  if (narrower === undefined) return idOf(registry, 'source', text)
  const rest = text.slice(narrower.length + 1)
  if (narrower === 'alignment') return { alignment: await idOf(registry, 'actor', rest) }
  const id = await idOf(registry, 'source', rest)
  return narrower === 'origin' ? { origin: id } : { publisher: id }
}

/** Gathers the values of an option that may be given several times. */
export function several(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}
