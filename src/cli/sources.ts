/** `sources`: who speaks in the log. */
import { listing, names, word } from './listing.js'

export const command = () =>
  listing({
    kind: 'source',
    examples: ['sources', 'sources masdar', 'sources --json'],
    columns: [
      { title: 'type', cap: 12 },
      { title: 'alignment', cap: 22 },
      { title: 'speaks of', cap: 22 },
      { title: 'copies', cap: 16 },
      { title: 'licence', cap: 14 },
    ],
    cells: (entry, { place, actor, source }) => [
      word(entry, 'type'),
      word(entry, 'alignment') === '' ? '' : actor(word(entry, 'alignment')),
      names(covered(entry.fields.coverage), place),
      names(entry.fields.copies, source),
      word(entry, 'licence'),
    ],
  })

function covered(coverage: unknown): unknown {
  if (typeof coverage !== 'object' || coverage === null || !('places' in coverage)) return undefined
  return coverage.places
}
