/** `places`: the places of the registry. */
import { listing, names, word } from './listing.js'

export const command = () =>
  listing({
    kind: 'place',
    examples: ['places', 'places hadher', 'places al-his --json'],
    columns: [
      { title: 'type', cap: 14 },
      { title: 'part of', cap: 20 },
      { title: 'where', cap: 20 },
    ],
    cells: (entry, { place }) => [
      word(entry, 'type'),
      names(entry.fields.partOf, place),
      where(entry.fields.point, entry.fields.vague),
    ],
  })

function where(point: unknown, vague: unknown): string {
  if (typeof point === 'object' && point !== null && 'lat' in point && 'lon' in point)
    return `${point.lat}, ${point.lon}`
  return typeof vague === 'string' ? vague : ''
}
