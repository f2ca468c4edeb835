/**
 * What the rows of Wikipedia's list of towns say, read by plain code that knows nothing of the
 * engine, of mappings or of windows: the last row captured by an instant is what the page said then.
 */
export interface Row {
  readonly id: string
  /** Name and disambiguator: what tells the towns of the list apart. */
  readonly town: string
  readonly name: string
  /** Of the page's `held_by` cell. */
  readonly cell: string
  readonly says: Says
  readonly gone: boolean
  /** Instant of the capture, in milliseconds. */
  readonly captured: number
  /** The as-of date as `YYYY-MM-DD`, or `null` where no date can be read. */
  readonly asOf: string | null
  /** What stands where a date should, and is none. */
  readonly words: string | null
  readonly claim: string
  readonly url: string
}

/** A holder by the name that the page has for it, or fighting, or neither. */
export type Says = { readonly holder: string | null; readonly fought: boolean }

const HOLDERS = ['Ukraine', 'Russia', 'Donetsk PR', 'Luhansk PR']
const SPELLINGS: Readonly<Record<string, string>> = { ukraine: 'Ukraine', DPR: 'Donetsk PR' }
/** How a town is said to be nobody's. */
export const NOBODY = 'nobody'

export function wikiRows(rows: readonly Record<string, string>[]): Row[] {
  return rows.map((row) => {
    const cell = row.held_by_raw ?? ''
    const raw = row.as_of_raw ?? ''
    const asOf = dateOf(raw)
    const gone = row.kind === 'REMOVED'
    return {
      id: row.report_id ?? '',
      town: `${row.name}|${row.name_disambiguator}`,
      name: row.name ?? '',
      cell,
      says: gone ? { holder: null, fought: false } : saysOf(cell),
      gone,
      captured: Date.parse(row.captured_at_utc ?? ''),
      asOf,
      words: raw === '' || asOf !== null ? null : raw,
      claim: row.claim_text ?? '',
      url: row.source_url ?? '',
    }
  })
}

function saysOf(cell: string): Says {
  if (/^Contested( Ukraine)?$/.test(cell)) return { holder: null, fought: true }
  if (cell === 'Uncontrolled') return { holder: NOBODY, fought: false }
  const plain = cell.replace(/Cite error.*$/, '')
  const spelt = SPELLINGS[plain] ?? plain
  return { holder: HOLDERS.includes(spelt) ? spelt : null, fought: false }
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** `11 November 2022`, `11 Nov 2022`, `25-Mar-22` and `May 23 2022`. */
function dateOf(text: string): string | null {
  const found =
    /^(?<day>\d{1,2})[ -](?<month>[A-Za-z]+)[ -](?<year>\d{4}|\d\d)$/.exec(text) ??
    /^(?<month>[A-Za-z]+) (?<day>\d{1,2}) (?<year>\d{4})$/.exec(text)
  if (found?.groups === undefined) return null
  const { day = '', month = '', year = '' } = found.groups
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1
  if (number === 0) return null
  return `${year.padStart(4, '20')}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
}

const KYIV = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Kyiv', hour: 'numeric' })

/** First instant of a day in Kyiv, in milliseconds. */
export function kyivDay(date: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  return midnight - Number(KYIV.format(midnight)) * 3_600_000
}
