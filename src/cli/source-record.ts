/** Records of sources on the screen: a row each, by facet where there are several, and a few of the claims. */
import type { RecordCase, RecordFigures, SourceRecord } from '../index.js'
import type { Tools } from './place-lines.js'
import { type Cell, paragraph, tableLines } from './table.js'
import { facetName, inOrder } from './words.js'

const COLUMNS = [
  { title: 'source' },
  { title: 'claims', cap: 8 },
  { title: 'first', cap: 8 },
  { title: 'borne out', cap: 9 },
  { title: 'after', cap: 10 },
  { title: 'contradicted', cap: 12 },
  { title: 'after', cap: 10 },
  { title: 'left open', cap: 9 },
]

/** `examples` tells a few claims one by one. */
export function recordLines(
  records: readonly SourceRecord[],
  tools: Tools,
  examples: boolean,
): string[] {
  if (records.length === 0) return ['Nobody says anything at this reading.']
  const rows = records.flatMap((record) => rowsOf(record, tools))
  const told = examples ? records.flatMap((record) => exampleLines(record, tools)) : []
  return [
    ...tableLines(COLUMNS, rows, tools.session),
    ...(told.length === 0 ? [] : ['', ...told]),
    '',
    ...paragraph(NOTE, tools.session).map(tools.session.paint.dim),
  ]
}

const NOTE =
  'first: before any independent origin said so. What decides is the next word of one on the same facet and place, published later; how long it took is the median.'

function rowsOf(record: SourceRecord, { names, session }: Tools): Cell[][] {
  const facets = inOrder(Object.keys(record.byFacet))
  const parts = facets.length < 2 ? [] : facets
  const dim = (text: string): Cell => ({ text, paint: session.paint.dim })
  return [
    [names.account(record.source), ...figures(record)],
    ...parts.map((facet) => [
      dim(`· ${facetName(facet)}`),
      ...figures(record.byFacet[facet]!).map(dim),
    ]),
  ]
}

function figures(counted: RecordFigures): string[] {
  const { claims, first, borneOut, contradicted, open, medianMs } = counted
  const number = (n: number) => n.toLocaleString('en-US')
  return [
    number(claims),
    number(first),
    number(borneOut),
    spanWords(medianMs.borneOut),
    number(contradicted),
    spanWords(medianMs.contradicted),
    number(open),
  ]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Days, below two of them hours, below two of these minutes: to a tenth where they are not whole. */
export function spanWords(ms: number | null): string {
  if (ms === null) return ''
  if (ms >= 2 * DAY || ms === DAY) return count(ms / DAY, 'day')
  return ms >= 2 * HOUR || ms === HOUR ? count(ms / HOUR, 'hour') : count(ms / 60_000, 'minute')
}

function count(n: number, unit: string): string {
  const told = Number(n.toFixed(1)).toLocaleString('en-US')
  return `${told} ${unit}${told === '1' ? '' : 's'}`
}

function exampleLines({ examples }: SourceRecord, tools: Tools): string[] {
  return [
    ...caseLines('borne out', examples.borneOut, tools),
    ...caseLines('contradicted', examples.contradicted, tools),
    ...caseLines('left open', examples.open, tools),
  ]
}

function caseLines(word: string, cases: readonly RecordCase[], { names, session }: Tools) {
  return cases.flatMap(({ of, facet, claim, next }) => {
    const place = of.place === undefined ? Object.values(of).join(' ') : names.place(of.place)
    const then = next === null ? '' : `, then ${next}`
    return paragraph(`${word}: ${place}, ${facetName(facet)}: ${claim}${then}`, session)
  })
}
