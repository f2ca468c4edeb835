/** Prints a history as a table, in words, for properties that fail. */
import * as fc from 'fast-check'
import type { Json } from '../report/types.js'
import type { SaidTime } from '../time/said.js'
import { chainOf, type History, type ReportInput } from './arbitraries-input.js'
import type { ModelEntry } from './model-forms.js'

type Row = readonly string[]
type Fields = Readonly<Record<string, Json | undefined>>

const HEAD: Row = ['#', 'recorded', 'id', 'by', 'says', 'when', 'until', 'published', 'batch']

/** One line for each report; instants as milliseconds since 1970, commits parted by their stamp. */
export function tell({ commits, stamps }: History): string {
  let position = 0
  const rows = commits.flatMap((commit, index) =>
    commit.map((report, place): Row => {
      position += 1
      const { id, claim, when, until, published, batch } = report
      return [
        `${position}`,
        place === 0 ? `${Number(stamps[index])}` : '"',
        id,
        chainOf(report).join(' < ') || 'desk',
        says(claim),
        ...[when, until, published].map((text) => brief(text ?? '')),
        batch ?? '',
      ]
    }),
  )
  return table([HEAD, ...rows])
}

/** The history, printing itself as that table where a property fails. */
export function printed(history: History): History {
  return Object.defineProperty(history, fc.toStringMethod, { value: () => `\n${tell(history)}\n` })
}

/** The same table for entries of a log. */
export function tellEntries(entries: readonly ModelEntry[]): string {
  const rows = entries.map(({ report, recorded }, index): Row => {
    const { id, attribution, claim, start, end, published, batch } = report
    return [
      `${index + 1}`,
      `${Number(recorded)}`,
      id,
      attribution.map((hop) => hop.source).join(' < ') || 'desk',
      says(claim),
      start === undefined ? '' : bounds(start),
      end === undefined ? '' : end.end === 'at' ? bounds(end) : end.end,
      published === undefined ? '' : bounds(published),
      batch ?? '',
    ]
  })
  return table([HEAD, ...rows])
}

function says(claim: ReportInput['claim'] | Fields): string {
  const { kind, of, batch, fields, reason: _, place, actor, source, ...rest } = claim as Fields
  switch (kind) {
    case 'control':
      return `${place}: ${control(rest)}`
    case 'withdrawal':
      return `takes back ${of}`
    case 'void':
      return `voids ${of ?? `batch ${batch}`}`
    case 'correction':
    case 'entry-correction':
      return `${kind === 'correction' ? 'corrects' : 'corrects the entry'} ${of}: ${listed(fields as Fields)}`
    default:
      return [kind, place ?? actor ?? source ?? '', listed(rest)]
        .filter((text) => text !== '')
        .join(' ') as string
  }
}

function control({ holder, extent, ends, mode, not, ...rest }: Fields): string {
  const either = (holder as { oneOf?: readonly Json[] } | null | undefined)?.oneOf ?? [holder]
  const marks = ['throughout', 'expected', 'basis', 'status']
  const facets = Object.entries(rest).filter(([name]) => !marks.includes(name))
  return [
    mode === 'change' ? 'change' : 'seen',
    ...marks.flatMap((mark) =>
      rest[mark] === undefined ? [] : [rest[mark] === true ? mark : `${mark} ${rest[mark]}`],
    ),
    ...(holder === undefined
      ? []
      : [`held ${either.map((one) => heldBy(one, extent)).join(' or ')}`]),
    ...facets.map(([facet, value]) => `${facet} ${several(value)}`),
    ...Object.entries((not ?? {}) as Fields).map(
      ([facet, value]) => `${facet} not ${several(value)}`,
    ),
    ...(ends === undefined ? [] : [`ends ${several(ends)}`]),
  ].join(', ')
}

function heldBy(holder: Json | undefined, extent: Json | undefined): string {
  const { actors = holder, extent: within = extent } = (
    typeof holder === 'object' && holder !== null && !Array.isArray(holder) ? holder : {}
  ) as Fields
  return `${within === undefined ? '' : `(${within}) `}by ${several(actors)}`
}

const several = (value: Json | undefined) =>
  Array.isArray(value) ? (value.length === 0 ? 'nobody' : value.join(' + ')) : String(value)

function listed(fields: Fields): string {
  return Object.entries(fields)
    .map(
      ([name, value]) =>
        `${name} ${brief(typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .join(', ')
}

/** Every instant in a text as its milliseconds. */
function brief(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]{8,12}Z/g, (at) => `${Date.parse(at)}`)
}

function bounds({ from, to }: SaidTime): string {
  if (from !== null && to === from + 1) return `${from}`
  return `${from ?? '..'}/${to ?? '..'}`
}

function table(rows: readonly Row[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
