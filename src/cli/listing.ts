/** What `places`, `actors` and `sources` share: entries of the registry, all or those that a query finds. */
import { Command } from '@commander-js/extra-typings'
import type { RegistryEntry, RegistryView } from '../index.js'
import { type EntryKind, type Names, namesIn } from './names.js'
import { answer, type Session, sessionOf, withLog } from './session.js'
import { type Column, tableLines } from './table.js'

export interface Listing {
  readonly kind: EntryKind
  readonly examples: readonly string[]
  /** Columns after id and names. */
  readonly columns: readonly Column[]
  readonly cells: (entry: RegistryEntry, names: Names) => readonly string[]
}

/** A command that lists entries of one kind. */
export function listing(it: Listing) {
  return new Command(`${it.kind}s`)
    .description(
      `Lists the ${it.kind}s that the registry knows at the head of the log. A query finds them by\nid, by any of their names, and by near spelling.`,
    )
    .argument('[query...]', 'an id or name, or part of one; near spellings are found')
    .addHelpText(
      'after',
      `\nExamples:\n${it.examples.map((line) => `  rashomon ${line}`).join('\n')}`,
    )
    .action(async (query, _options, self) => {
      await list(sessionOf(self), it, query)
    })
}

interface Found {
  readonly entry: RegistryEntry
  readonly match: string
}

/** Answers what was asked for in the words of a query; all entries where there are none. */
export async function list(session: Session, it: Listing, words: readonly string[]): Promise<void> {
  const query = words.join(' ')
  await withLog(session, async (timeline) => {
    const registry = timeline.registry()
    const found = await search(registry, it.kind, query)
    const documents = found.map(({ entry, match }) => (query === '' ? entry : { ...entry, match }))
    const document = { ...(query === '' ? {} : { query }), [`${it.kind}s`]: documents }
    await answer(session, document, () => {
      if (found.length === 0)
        return query === '' ? `The log knows no ${it.kind}s yet.` : `No ${it.kind} is called so.`
      const names = namesIn(registry)
      const rows = found.map(({ entry, match }) => [
        entry.id,
        entry.names.filter((name) => name !== entry.id).join(', '),
        ...it.cells(entry, names),
        match === 'near' ? 'near' : '',
      ])
      const columns = [{ title: 'id', cap: 30 }, { title: 'names' }, ...it.columns, MATCH]
      return tableLines(columns, rows, session)
    })
  })
}

const MATCH: Column = { title: 'match', cap: 5 }

async function search(registry: RegistryView, kind: EntryKind, query: string): Promise<Found[]> {
  if (query !== '') return [...(await registry.find(kind, query))]
  const all = registry[`${kind}s`]()
  return all.map((entry) => ({ entry, match: 'id' }))
}

/** A field of an entry that is a word. */
export function word(entry: RegistryEntry, field: string): string {
  const value = entry.fields[field]
  return typeof value === 'string' ? value : ''
}

/** A field of an entry that lists ids, with their names. */
export function names(value: unknown, nameOf: (id: string) => string): string {
  if (!Array.isArray(value)) return ''
  return value.map((id) => nameOf(String(id))).join(', ')
}
