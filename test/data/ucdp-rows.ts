/** What a row of UCDP says, in plain code that knows nothing of the engine. */
export type Row = Record<string, string>

interface Losses {
  low: number
  best?: number
  high: number
}

export interface Said {
  readonly type: string
  readonly place: string
  readonly belligerents: Record<string, string[]>
  /** Milliseconds since 1970, half-open. */
  readonly start: { from: number; to: number }
  readonly casualties: Record<string, { killed: Losses }>
}

const TYPES: Record<string, string> = { 1: 'state-based', 2: 'non-state', 3: 'one-sided' }

/** The mapping's id of a place: its country and name in lower case, letters and digits with dashes between. */
export function placeOf({ country, where_coordinates }: Row): string {
  const name = `${country} ${where_coordinates}`.normalize('NFC').toLowerCase()
  return `ucdp/${name.replace(/['’‘ʼʿʾ`´]/g, '').replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')}`.replace(
    /-$/,
    '',
  )
}

/** The day of a cell in any of the three spellings: year, month, day. */
export function dayOf(cell: string): [number, number, number] {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(cell) ?? []
  if (year !== undefined) return [Number(year), Number(month), Number(day)]
  const [, m, d, y] = /^(\d\d?)\/(\d\d?)\/(\d{4}) /.exec(cell)!
  return [Number(y), Number(m), Number(d)]
}

/** The instant at which a day begins in a zone that is so many hours ahead, or as many as the season has. */
function midnight([year, month, day]: [number, number, number], zone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    hourCycle: 'h23',
    day: 'numeric',
  })
  for (const hours of [0, 1, 2, 3]) {
    const at = Date.UTC(year, month - 1, day, -hours)
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]))
    if (
      parts.get('hour') === '00' &&
      Number(parts.get('day')) === new Date(Date.UTC(year, month - 1, day)).getUTCDate()
    )
      return at
  }
  throw new Error(`no midnight of ${year}-${month}-${day} in ${zone}`)
}

const SUFFERED = ['deaths_a', 'deaths_b', 'deaths_civilians', 'deaths_unknown']

export function saidBy(row: Row, zone: string): Said {
  const n = (column: string) => Number(row[column])
  const oneSided = row.type_of_violence === '3'
  const [a, b] = [`ucdp/${row.side_a_new_id}`, `ucdp/${row.side_b_new_id}`]
  const [low, best, high] = [n('low'), n('best'), n('high')]
  const fits = low <= best && best <= high
  const suffering = SUFFERED.filter((column) => n(column) !== 0)
  const parties: [string, string][] = [
    [a, 'deaths_a'],
    ...(oneSided ? [] : ([[b, 'deaths_b']] as [string, string][])),
    ['civilians', 'deaths_civilians'],
    ['ucdp/unknown', 'deaths_unknown'],
  ]
  const casualties: Said['casualties'] = fits
    ? { 'ucdp/everyone': { killed: { low, best, high } } }
    : {}
  for (const [party, column] of parties) {
    const alone = suffering.length === 1 && suffering[0] === column && fits
    const exact = n(column)
    casualties[party] = {
      killed: alone ? { low, best, high } : { low: exact, best: exact, high: exact },
    }
  }
  const [year, month, day] = dayOf(row.date_end!)
  return {
    type: TYPES[row.type_of_violence!]!,
    place: placeOf(row),
    belligerents: { 'side-a': [a], ...(oneSided ? {} : { 'side-b': [b] }) },
    start: {
      from: midnight(dayOf(row.date_start!), zone),
      to: midnight([year, month, day + 1], zone),
    },
    casualties,
  }
}
