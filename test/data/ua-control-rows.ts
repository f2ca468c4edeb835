/**
 * What the rows of the map of 2022 say, worked out by plain code that knows nothing of the engine, of
 * mappings or of windows: of each place and layer, the last row up to a day.
 */
import { rowsOf } from './folder.js'

/** A row of the change files; `account` is the layer's. */
export interface Row {
  readonly account: string
  readonly place: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly status: string
  /** Whether nothing was shown of the place before: the layer's first day. */
  readonly first: boolean
}

/** What a layer says of a place, as the view has it; an empty object is nothing. */
export type Says = Readonly<Record<string, unknown>>

const ACCOUNTS: Readonly<Record<string, string>> = {
  isw: 'isw',
  ru_claim: 'isw/ru-claim',
  ua_claim: 'isw/ua-claim',
  ua_partisan: 'isw/ua-partisan',
}

/** The first day of each layer. */
const BEGAN: Readonly<Record<string, string>> = {
  isw: '2022-02-24',
  'isw/ru-claim': '2022-03-02',
  'isw/ua-claim': '2022-03-05',
  'isw/ua-partisan': '2022-04-14',
}

const SAYS: Readonly<Record<string, Says>> = {
  RU: { holder: { actors: ['russia'] }, basis: 'assessed' },
  CONTESTED: { contest: ['russia', 'ukraine'], basis: 'assessed' },
  UA: { holder: { actors: ['ukraine'] }, basis: 'default' },
  CLAIMED_RU: { holder: { actors: ['russia'] }, basis: 'claimed' },
  CLAIMED_UA: { holder: { actors: ['ukraine'] }, basis: 'claimed' },
  PARTISAN_REPORTED: { presence: ['ukrainian-partisans'], basis: 'told' },
  NONE: {},
}

/** Rows of both change files. */
export function changeRows(folder: string): Row[] {
  const read = (file: string) =>
    rowsOf(folder, file).map(({ source = '', geonameid = '', date = '', status = '' }) => {
      const account = ACCOUNTS[source]!
      return { account, place: geonameid, date, status, first: date === BEGAN[account] }
    })
  return [...read('isw_control_changes.csv.gz'), ...read('claims_changes.csv.gz')]
}

/** What the rows leave each layer to say of each place at the end of a day, by `place account`. */
export function saysOn(rows: readonly Row[], day: string): Map<string, Says> {
  const last = new Map<string, Row>()
  for (const row of rows) {
    const key = `${row.place} ${row.account}`
    const known = last.get(key)
    if (row.date <= day && (known === undefined || row.date > known.date)) last.set(key, row)
  }
  const says = new Map<string, Says>()
  for (const [key, { status }] of last) if (status !== 'NONE') says.set(key, SAYS[status]!)
  return says
}
