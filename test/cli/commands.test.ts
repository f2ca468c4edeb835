import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openTimeline, type PlaceView } from '../../src/index.js'
import { aleppo } from '../../src/testing/aleppo.js'
import { plain } from '../../src/testing/plain.js'
import { answered, inside, refused } from './inside.js'
import { folder, rashomon } from './program.js'

const EVENING = '2015-11-12T20:00+02:00'
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[`)

let log: string
const run = (...args: string[]) => inside([...args, '--log', log])
const ask = <T>(...args: string[]) => answered<T>([...args, '--log', log])

const refusal = (...args: string[]) => refused([...args, '--log', log])

beforeAll(async () => {
  log = join(folder(), 'aleppo.db')
  const made = await inside(['demo', '--log', log])
  expect(made).toMatchObject({ code: 0, stderr: '' })
})

describe('demo', () => {
  test('walks through the day, and running it again adds nothing', async () => {
    const { code, stdout, stderr } = await run('demo')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`is there already: ${aleppo.all.length} entries`)
    expect(stdout).toMatch(/certainly held by Ahrar al-Sham/)
    expect(stdout).toMatch(/settled: held by Ahrar al-Sham[\s\S]*possibly: held fully by/)
    expect(stdout).toMatch(/Al-'Eiss \(al-eiss\) · ≠ disputed/)
    expect(stdout).toMatch(/Al-'Eiss \(al-eiss\) · sole/)
    expect(stdout).not.toMatch(ANSI)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110)
  })

  test('every command it names works', async () => {
    const { steps, next } = await ask<{ steps: { command: string }[]; next: string[] }>('demo')
    const commands = [...steps.map(({ command }) => command), ...next]
    expect(commands.length).toBeGreaterThan(10)
    for (const command of commands) {
      const [program, ...args] = command.split(' ')
      expect(program).toBe('rashomon')
      const ran = await run(...args)
      expect({ command, code: ran.code, stderr: ran.stderr }).toEqual({
        command,
        code: 0,
        stderr: '',
      })
    }
  })

  test('each step says which reading it shows, and its token opens it again', async () => {
    type Step = { title: string; token: string; reading: object; places: PlaceView[] }
    const { steps } = await ask<{ steps: Step[] }>('demo')
    for (const { token, reading, places } of steps) {
      const names = places.map(({ place }) => place)
      expect(await ask('at', '--token', token, ...names)).toEqual({ reading, token, places })
    }
    expect(steps.map(({ places }) => places.map((place) => place.standing))).toEqual([
      ['sole'],
      ['sole'],
      ['unreported'],
      ['sole', 'sole'],
      ['disputed', 'disputed'],
      ['sole'],
      ['sole'],
    ])
  })

  test('without --log it makes a log in a temporary folder, whatever RASHOMON_LOG says', async () => {
    const own = join(folder(), 'own.db')
    const told = await answered<{ log: string; appended: number }>(['demo'], {
      env: { RASHOMON_LOG: own },
    })
    expect(told.appended).toBe(aleppo.all.length)
    expect(existsSync(told.log)).toBe(true)
    expect(existsSync(own)).toBe(false)
  })

  test('is not put into a log of something else', async () => {
    const other = join(folder(), 'other.db')
    const entry = '{"claim":{"kind":"place","place":"elsewhere"}}'
    await inside(['record', '--log', other], { input: entry })
    const ran = await inside(['demo', '--log', other])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/holds 1 entries that are not the demo's/)
    expect((await answered<{ head: number }>(['reports', '--log', other])).head).toBe(1)
  })
})

describe('init', () => {
  test('makes an empty log, and leaves one that is there', async () => {
    const made = join(folder(), 'new.db')
    const first = await answered(['init', '--log', made])
    expect(first).toMatchObject({ log: made, head: 0, made: true })
    expect(await answered(['init', '--log', made])).toEqual({ ...first, made: false })
    expect((await inside(['init', '--log', made])).stdout).toMatch(/an empty log is there already/)
  })

  test('refuses a log that holds something', async () => {
    expect(await refusal('init')).toMatchObject({
      code: 'usage',
      data: { head: aleppo.all.length },
    })
  })

  test('RASHOMON_LOG names the log, ./rashomon.db is meant where nothing does', async () => {
    const cwd = folder()
    await rashomon(['init'], { cwd, env: { RASHOMON_LOG: join(cwd, 'named.db') } })
    await rashomon(['init'], { cwd })
    expect(existsSync(join(cwd, 'named.db'))).toBe(true)
    expect(existsSync(join(cwd, 'rashomon.db'))).toBe(true)
  })
})

describe('at', () => {
  type Answer = { reading: { valid: string; known: number }; token: string; places: PlaceView[] }

  test('answers as the library does', async () => {
    const timeline = await openTimeline({ log, create: false, readonly: true })
    const view = timeline.at({ valid: EVENING })
    const expected = {
      reading: view.reading,
      token: view.token,
      places: [...view.places()].map(plain),
    }
    expect(await ask<Answer>('at', EVENING)).toEqual(JSON.parse(JSON.stringify(expected)))
    await timeline.close()
  })

  test('shows the accounts of a place side by side', async () => {
    const { stdout } = await run('at', EVENING, 'al-eiss')
    expect(
      stdout,
    ).toBe(`at 2015-11-12 18:00 UTC · known: all 40 entries · published: all · accounts: all · resolver: dispute

Al-'Eiss (al-eiss) · ≠ disputed
  account                   says                                         since                   age
  activists (Al-Masdar      ≠ certainly held fully by Hezbollah,         2015-11-12 10:00–18:00  now
  News)                     Iranian units, Iraqi units (“fully
                            captured”)
  ground source (Al-Masdar  ≠ certainly contested by Ahrar al-Sham,      2015-11-12 10:00–18:00  now
  News)                     Hezbollah, Iranian units, Iraqi units
                            (“under fire control”)
                            certainly under the fire control of          2015-11-12 10:00–18:00  now
                            Hezbollah, Iranian units, Iraqi units
                            (“under fire control”)
  ≠ extent: activists (Al-Masdar News) and ground source (Al-Masdar News) cannot both be right on
    fighting for it (contradiction); they share a publisher and an alignment
`)
  })

  test.each(['80', '120'])('fits %s columns', async (columns) => {
    const { stdout } = await inside(['at', EVENING, '--log', log], { env: { COLUMNS: columns } })
    const widest = Math.max(...stdout.split('\n').map((line) => line.length))
    expect(widest).toBeLessThanOrEqual(Number(columns))
  })

  test('a date is its last instant, in the zone that is given, and is printed', async () => {
    const utc = await ask<Answer>('at', '2015-11-12')
    expect(utc.reading.valid).toBe('2015-11-12T23:59:59.999Z')
    const there = await ask<Answer>('at', '2015-11-12', '--zone', 'Asia/Damascus')
    expect(there.reading.valid).toBe('2015-11-12T21:59:59.999Z')
    const { stdout } = await run('at', '2015-11-12', '--zone', 'Asia/Damascus')
    expect(stdout).toMatch(/^at 2015-11-12 23:59:59\.999 Asia\/Damascus/)
  })

  test('a place is named by its id, a name, or another script', async () => {
    for (const name of ['al-hadher', 'Al-Hadher', 'al hadir', 'الحاضر']) {
      const { places } = await ask<Answer>('at', EVENING, name)
      expect(places.map(({ place }) => place)).toEqual(['al-hadher'])
    }
  })

  test('a place that is not known is refused with the nearest', async () => {
    const error = await refusal('at', EVENING, 'al-hadherr')
    expect(error).toMatchObject({ code: 'unknown-name', data: { query: 'al-hadherr' } })
    expect(error.data.nearest).toContainEqual({ id: 'al-hadher', name: 'Al-Hadher' })
    const { code, stderr } = await run('at', EVENING, 'al-hadherr')
    expect(code).toBe(2)
    expect(stderr).toMatch(/nearest: al-hadher \(Al-Hadher\)/)
  })

  test('a name that several places have lists them', async () => {
    const own = join(folder(), 'two.db')
    const input = ['a', 'b'].map((place) => ({ claim: { kind: 'place', place, name: 'Same' } }))
    await inside(['record', '--log', own], { input: JSON.stringify(input) })
    const error = await refused(['at', '2020', 'Same', '--log', own])
    expect(error.message).toMatch(/name of several/)
    expect(error.data.nearest).toEqual([
      { id: 'a', name: 'Same' },
      { id: 'b', name: 'Same' },
    ])
  })

  test('earlier knowledge, earlier publication, other accounts, another resolver', async () => {
    const standing = async (...args: string[]) =>
      (await ask<Answer>('at', EVENING, 'al-eiss', ...args)).places[0]?.standing
    expect(await standing()).toBe('disputed')
    expect(await standing('--known', '32')).toBe('sole')
    expect(await standing('--then')).toBe('unreported')
    expect(await standing('--published', '2015-11-12T20:59+02:00')).toBe('unreported')
    expect(await standing('--published', '2015-11-12')).toBe('disputed')
    expect(await standing('--not-account', 'al-masdar/activists')).toBe('sole')
    expect(await standing('--account', '!al-masdar/activists')).toBe('sole')
    expect(await standing('--account', 'al-masdar/activists')).toBe('sole')
    expect(await standing('--account', 'publisher:al-masdar')).toBe('disputed')
    expect(await standing('--account', 'origin:al-masdar')).toBe('unreported')
    expect(await standing('--account', 'alignment:opposition')).toBe('unreported')
    expect(await standing('--resolver', 'latest')).toBe('disputed')
    const { stdout } = await run('at', EVENING, 'al-eiss', '--resolver', 'latest')
    expect(stdout).toMatch(/by latest: held fully by Hezbollah/)
  })

  test('only what is disputed, and the reports behind each word', async () => {
    const { places } = await ask<Answer>('at', EVENING, '--disputed')
    expect(places.map(({ place }) => place)).toEqual(['al-eiss', 'al-eiss-western-flank'])
    const { stdout } = await run('at', EVENING, 'al-eiss', '--evidence')
    expect(stdout).toContain('masdar-2015-11-12/6')
    const none = await run('at', '2015-11-12T04:00+02:00', '--disputed')
    expect(none).toMatchObject({ code: 0 })
    expect(none.stdout).toMatch(/No place is disputed/)
  })

  test('years before our era are told in the plain', async () => {
    const { reading } = await ask<Answer>('at', '-0430-06-01', 'al-eiss')
    expect(reading.valid).toBe('-000430-06-01T23:59:59.999Z')
  })

  test.each([
    [['at'], 'usage', 'instant'],
    [['at', 'evening'], 'invalid-reading', undefined],
    [['at', '2015-02-30'], 'invalid-reading', undefined],
    [['at', '2015-11-12T20:00'], 'invalid-reading', undefined],
    [['at', EVENING, '--known', '99'], 'invalid-reading', 'known'],
    [['at', EVENING, '--resolver', 'coin'], 'invalid-reading', 'resolver'],
    [['at', EVENING, '--account', 'nobody-at-all'], 'unknown-name', 'source'],
    [['at', EVENING, '--zone', 'Asia/Nowhere'], 'usage', undefined],
    [['at', EVENING, '--then', '--published', '2015'], 'usage', '--then'],
    [['at', '--token', 'rashomon1.nonsense'], 'token-mismatch', 'token'],
    [['at', '--token', 'nonsense'], 'token-mismatch', '--token'],
    [['at', '--token', 'rashomon1.x', '--known', '3'], 'usage', '--token'],
  ])('%j is refused', async (args, code, field) => {
    const error = await refusal(...args)
    expect(error.code).toBe(code)
    if (field !== undefined) expect(error.place.field).toBe(field)
  })

  test('a token of another log opens nothing', async () => {
    const { token } = await ask<Answer>('at', EVENING)
    const other = join(folder(), 'other.db')
    await inside(['init', '--log', other])
    const error = await refused(['at', '--token', token, '--log', other])
    expect(error).toMatchObject({ code: 'token-mismatch' })
  })
})

describe('history', () => {
  test('is without gaps, with changes as one boundary', async () => {
    type Told = { stretches: { from: string | null; to: string | null; kind: string }[] }
    const { stretches } = await ask<Told>('history', 'al-hadher')
    expect(stretches[0]?.from).toBeNull()
    expect(stretches.at(-1)?.to).toBeNull()
    for (const [at, stretch] of stretches.slice(1).entries())
      expect(stretch.from).toBe(stretches[at]?.to)
    expect(stretches.map(({ kind }) => kind)).toContain('transition')
    const { stdout } = await run('history', 'al-hadher', '--zone', 'Asia/Damascus')
    expect(stdout).toContain('2015-11-12 06:00–12:00')
    expect(stdout).toContain('~ changes at some instant in between')
    expect(stdout).toMatch(
      /from 2015-11-12 12:00 on\s+sole\s+Al-Masdar News\s+certainly held fully/,
    )
    const within = await run('history', 'al-hadher', '--transitions')
    expect(within.stdout).not.toContain('~ changes')
    expect(within.stdout).toMatch(/settled: held by[\s\S]*possibly: held fully/)
  })

  test('as known earlier, by some accounts, as a resolver weighs it', async () => {
    type Told = { stretches: { state: PlaceView }[] }
    const last = async (...args: string[]) =>
      (await ask<Told>('history', 'al-eiss', ...args)).stretches.at(-1)?.state.standing
    expect(await last()).toBe('disputed')
    expect(await last('--known', '32')).toBe('sole')
    expect(await last('--account', 'al-masdar/activists')).toBe('sole')
    const { stdout } = await run('history', 'al-eiss', '--resolver', 'latest')
    expect(stdout).toMatch(/by latest\s+held fully by/)
  })
})

describe('beliefs', () => {
  test('name the entry that began each answer', async () => {
    type Told = { beliefs: { from: number | string | null; entry: string | null }[] }
    const known = await ask<Told>('beliefs', 'al-eiss', '--at', EVENING)
    expect(known.beliefs.map(({ from, entry }) => [from, entry])).toEqual([
      [null, null],
      [32, 'masdar-2015-11-12/6'],
      [34, 'masdar-2015-11-12/7b'],
    ])
    const published = await ask<Told>('beliefs', 'al-eiss', '--at', EVENING, '--by', 'published')
    expect(published.beliefs.map(({ from }) => from)).toEqual([null, '2015-11-12T19:00:00.000Z'])
    const { stdout } = await run('beliefs', 'al-eiss', '--at', EVENING)
    expect(stdout).toMatch(/at first\s+unreported/)
    expect(stdout).toMatch(/from 34\s+masdar-2015-11-12\/7b\s+≠ disputed/)
  })

  test('need an instant', async () => {
    expect(await refusal('beliefs', 'al-eiss')).toMatchObject({ code: 'usage' })
  })
})

describe('what the log holds', () => {
  type Reports = { head: number; next: number | null; reports: { id: string; position: number }[] }
  const ids = ({ reports }: Reports) =>
    reports.map(({ id }) => id.replace('masdar-2015-11-12/', ''))

  test('reports, by place, account, kind and position', async () => {
    const of = async (...args: string[]) => ids(await ask<Reports>('reports', ...args))
    expect(await of('--place', 'al-eiss', '--kind', 'control')).toEqual(['6', '7b'])
    expect(await of('--account', 'al-masdar/activists')).toEqual(['6'])
    expect(await of('--account', 'desk', '--kind', 'source')).toHaveLength(4)
    expect(await of('--after', '39')).toEqual(['9/assault'])
    const { stdout } = await run('reports', '--place', 'al-eiss', '--kind', 'control')
    expect(stdout).toMatch(/masdar-2015-11-12\/6\s+activists[\s\S]*Al-'Eiss: held fully by/)
  })

  test('a page says where the next begins', async () => {
    const first = await ask<Reports>('reports', '--limit', '25')
    expect(first).toMatchObject({ head: 40, next: 25 })
    const rest = await ask<Reports>('reports', '--after', String(first.next))
    expect(rest.next).toBeNull()
    expect([...ids(first), ...ids(rest)]).toHaveLength(40)
    expect((await run('reports', '--limit', '3')).stdout).toMatch(/more follow: --after 3/)
    expect(await refusal('reports', '--limit', 'many')).toMatchObject({ code: 'usage' })
  })

  test.each([
    ['places', 'hadir', 'al-hadher'],
    ['actors', 'hezbolah', 'hezbollah'],
    ['sources', 'masdar', 'al-masdar'],
  ])('%s are found by near spelling', async (listing, query, id) => {
    type Found = Record<string, { id: string; match?: string }[]>
    const all = (await ask<Found>(listing))[listing]
    expect(all?.map((entry) => entry.id)).toContain(id)
    const found = (await ask<Found>(listing, query))[listing]
    expect(found?.map((entry) => entry.id)).toContain(id)
    expect(found?.every(({ match }) => match !== undefined)).toBe(true)
    expect((await run(listing, query)).stdout).toContain(id)
    expect((await run(listing, 'qqqqqqqqqqqq')).stdout).toMatch(/^No /)
  })
})
