/** `actors`: the parties of the registry. */
import { listing, names, word } from './listing.js'

export const command = () =>
  listing({
    kind: 'actor',
    examples: ['actors', 'actors hezbollah', 'actors zinky --json'],
    columns: [
      { title: 'level', cap: 10 },
      { title: 'member of', cap: 26 },
      { title: 'allied with', cap: 22 },
    ],
    cells: (entry, { actor }) => [
      word(entry, 'level'),
      names(entry.fields.memberOf, actor),
      names(entry.fields.alliedWith, actor),
    ],
  })
