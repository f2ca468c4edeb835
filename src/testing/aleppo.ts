/**
 * One day south of Aleppo, 12 November 2015, as one outlet aligned with the attackers told it:
 * nine things said, by four voices, in this project's own words (DESIGN 10). All times are
 * Damascus. The demo loads it, and the tests hold the engine to what must come out of it.
 */
import type { WrittenReport } from '../report/written.js'

const DAY = '2015-11-12'
const ZONE = 'Asia/Damascus'
const OUTLET = 'al-masdar'
const PUBLISHED = `${DAY}T21:00+02:00`
const CITATION = { outlet: 'Al-Masdar News', published: DAY }

const id = (name: string) => `masdar-${DAY}/${name}`
const hours = (from: string, to: string) => `${DAY}T${from}/${DAY}T${to}`

const ATTACKERS = [
  'saa-4th-mechanized-division',
  'hezbollah',
  'ndf-aleppo',
  'baath-battalions',
  'iranian-units',
  'iraqi-units',
]
const DEFENDERS = ['ahrar-al-sham', 'nour-al-din-al-zinki', 'suqour-al-sham']
const AT_AL_EISS = ['hezbollah', 'iranian-units', 'iraqi-units']
const FIGHTING_AT_AL_EISS = [...AT_AL_EISS, 'ahrar-al-sham']

type Fields = Omit<WrittenReport['claim'], 'kind'>

/** What the desk enters of the day's places, actors and sources before any report. */
function entry(kind: 'place' | 'actor' | 'source', name: string, fields: Fields): WrittenReport {
  return { id: id(`${kind}/${name}`), desk: true, claim: { kind, [kind]: name, ...fields } }
}

function place(name: string, fields: Fields): WrittenReport {
  return entry('place', name, { zone: ZONE, ...fields })
}

const GOVERNMENT = { memberOf: ['government-and-allies'] }
const OPPOSITION = { memberOf: ['opposition'] }
const ALIGNED = { alignment: 'government-and-allies' }

/** Al-Hadher's point is GeoNames' (170137, CC BY 4.0); the others are approximate. */
const registry: readonly WrittenReport[] = [
  place('al-hadher', {
    name: 'Al-Hadher',
    names: [{ name: 'الحاضر', lang: 'ar' }, 'Al Hadir', 'Al-Hader'],
    type: 'town',
    point: { lat: 35.99024, lon: 37.05086 },
  }),
  place('al-hadher-national-hospital', {
    name: 'National Hospital, Al-Hadher',
    type: 'hospital',
    vague: 'in the town of Al-Hadher',
    partOf: 'al-hadher',
  }),
  place('al-eiss', {
    name: "Al-'Eiss",
    names: [{ name: 'العيس', lang: 'ar' }, 'Al-Eis', 'Tal al-Eiss'],
    type: 'town',
    point: { lat: 35.98, lon: 36.99 },
  }),
  place('al-eiss-western-flank', {
    name: "Western flank of Al-'Eiss",
    type: 'area',
    vague: "western flank of Al-'Eiss",
    partOf: 'al-eiss',
  }),
  place('khirbat-al-muhal', {
    name: 'Khirbat al-Muhal',
    type: 'village',
    point: { lat: 36, lon: 37.02 },
    vague: "between Al-Hadher and Al-'Eiss",
  }),
  place('tal-bajjar', {
    name: 'Tal Bajjar',
    names: ['Tal Bajir'],
    type: 'village',
    point: { lat: 36.02, lon: 37.03 },
    vague: 'north-west of Al-Hadher',
  }),
  place('aleppo-damascus-highway', {
    name: 'Aleppo-Damascus highway',
    names: ['M5'],
    type: 'road',
    point: { lat: 36.02, lon: 36.93 },
    vague: 'the stretch south-west of Aleppo',
  }),

  entry('actor', 'government-and-allies', { name: 'Government and allies', level: 'coalition' }),
  entry('actor', 'opposition', { name: 'Opposition', level: 'coalition' }),
  entry('actor', 'saa-4th-mechanized-division', {
    name: '4th Mechanized Division',
    level: 'unit',
    ...GOVERNMENT,
  }),
  entry('actor', 'hezbollah', { name: 'Hezbollah', level: 'force', ...GOVERNMENT }),
  entry('actor', 'ndf-aleppo', {
    name: 'National Defence Forces of Aleppo',
    names: ['NDF'],
    level: 'force',
    ...GOVERNMENT,
  }),
  entry('actor', 'baath-battalions', { name: 'Baath Battalions', level: 'force', ...GOVERNMENT }),
  entry('actor', 'iraqi-units', { name: 'Iraqi units', level: 'force', ...GOVERNMENT }),
  entry('actor', 'iranian-units', { name: 'Iranian units', level: 'force', ...GOVERNMENT }),
  entry('actor', 'ahrar-al-sham', { name: 'Ahrar al-Sham', level: 'force', ...OPPOSITION }),
  entry('actor', 'nour-al-din-al-zinki', {
    name: 'Nour al-Din al-Zinki',
    level: 'force',
    ...OPPOSITION,
  }),
  entry('actor', 'suqour-al-sham', { name: 'Suqour al-Sham', level: 'force', ...OPPOSITION }),

  entry('source', OUTLET, {
    name: 'Al-Masdar News',
    type: 'outlet',
    credit: 'Al-Masdar News',
    ...ALIGNED,
  }),
  entry('source', 'al-masdar/embedded-journalist', {
    name: 'journalist travelling with the 4th Division',
    type: 'journalist',
    unnamed: true,
    ...ALIGNED,
  }),
  entry('source', 'al-masdar/activists', {
    name: 'activists',
    type: 'activists',
    unnamed: true,
    ...ALIGNED,
  }),
  entry('source', 'al-masdar/ground-source', {
    name: 'ground source',
    type: 'ground source',
    unnamed: true,
    ...ALIGNED,
  }),
]

/** A report of the outlet, or of whom it relays. */
function told(
  name: string,
  when: string,
  claim: WrittenReport['claim'],
  through?: string,
): WrittenReport {
  return {
    id: id(name),
    claim,
    when,
    zone: ZONE,
    attribution: through === undefined ? OUTLET : [OUTLET, `${OUTLET}/${through}`],
    published: PUBLISHED,
    citation: CITATION,
  }
}

/** What the desk entered because the outlet said so. */
function named(name: string, title: string, of: string): WrittenReport {
  return {
    id: id(`9/${name}`),
    desk: true,
    claim: { kind: 'actor', actor: name, name: title, level: 'unit', memberOf: [of] },
    citation: CITATION,
  }
}

const reports: readonly WrittenReport[] = [
  told('1', hours('00:00', '05:00'), {
    kind: 'control',
    place: 'al-hadher',
    holder: DEFENDERS,
    status: 'rebel stronghold',
  }),

  told('2/assault', hours('06:00', '12:00'), {
    kind: 'engagement',
    engagement: 'assault-on-al-hadher',
    type: 'assault',
    places: 'al-hadher',
    belligerents: { attackers: ATTACKERS, defenders: DEFENDERS },
    outcome: { result: 'the attackers take the town', victors: ATTACKERS },
    // "Several" is counted as three to nine.
    casualties: [{ actor: 'opposition', killed: { low: 3, high: 9 } }],
    summary:
      'In the morning the 4th Mechanized Division assaults Al-Hadher together with Hezbollah, the National Defence Forces of Aleppo, the Baath Battalions, Iranian and Iraqi units. Several of the defenders are killed, and the town falls.',
  }),
  told('2/control', hours('06:00', '12:00'), {
    kind: 'control',
    mode: 'change',
    place: 'al-hadher',
    holder: ATTACKERS,
    extent: 'full',
    status: 'fully captured',
  }),

  told(
    '3/breakthrough',
    `${DAY}T11:30~`,
    {
      kind: 'engagement',
      engagement: 'breakthrough-at-al-hadher',
      operation: 'assault-on-al-hadher',
      type: 'breakthrough',
      places: 'al-hadher',
      belligerents: { attackers: ATTACKERS, defenders: DEFENDERS },
      outcome: { result: 'the line of defence is broken through', victors: ATTACKERS },
      summary: 'At about half past eleven the defence of Al-Hadher is broken through.',
    },
    'embedded-journalist',
  ),
  told(
    '3/hospital',
    hours('11:15', '12:00'),
    {
      kind: 'control',
      mode: 'change',
      place: 'al-hadher-national-hospital',
      holder: ATTACKERS,
      status: 'taken',
    },
    'embedded-journalist',
  ),

  told('4/assault', hours('11:15', '20:00'), {
    kind: 'engagement',
    engagement: 'assault-on-khirbat-al-muhal',
    type: 'assault',
    places: ['khirbat-al-muhal', 'tal-bajjar'],
    belligerents: {
      attackers: 'saa-4th-mechanized-division',
      defenders: ['nour-al-din-al-zinki', 'suqour-al-sham'],
    },
    outcome: {
      result: 'both villages are taken after firefights',
      victors: 'saa-4th-mechanized-division',
    },
    summary:
      'Once the defence of Al-Hadher is broken, the 4th Division attacks Khirbat al-Muhal and, after firefights with Zinki and Suqour al-Sham, has it and Tal Bajjar.',
  }),
  ...['khirbat-al-muhal', 'tal-bajjar'].map((village) =>
    told(`4/${village}`, hours('11:15', '20:00'), {
      kind: 'control',
      mode: 'change',
      place: village,
      holder: 'saa-4th-mechanized-division',
      extent: 'full',
      status: 'fully captured',
    }),
  ),

  told('5', hours('12:00', '20:00'), {
    kind: 'engagement',
    engagement: 'assault-on-al-eiss',
    type: 'assault',
    places: 'al-eiss',
    belligerents: { attackers: AT_AL_EISS, defenders: 'ahrar-al-sham' },
    outcome: { result: 'the defenders retreat to the outskirts' },
    summary:
      "Meanwhile, further north, Hezbollah and the Iraqi and Iranian units attack Ahrar al-Sham in Al-'Eiss, whose fighters fall back to the edge of the town.",
  }),

  told(
    '6',
    hours('12:00', '20:00'),
    {
      kind: 'control',
      mode: 'change',
      place: 'al-eiss',
      holder: AT_AL_EISS,
      extent: 'full',
      status: 'fully captured',
    },
    'activists',
  ),

  told(
    '7a',
    hours('12:00', '20:00'),
    {
      kind: 'control',
      place: 'al-eiss-western-flank',
      contest: FIGHTING_AT_AL_EISS,
      status: 'firefights go on',
    },
    'ground-source',
  ),
  told(
    '7b',
    hours('12:00', '20:00'),
    {
      kind: 'control',
      place: 'al-eiss',
      contest: FIGHTING_AT_AL_EISS,
      fireControl: AT_AL_EISS,
      status: 'under fire control',
    },
    'ground-source',
  ),

  told('8', hours('12:00', '20:00'), {
    kind: 'control',
    place: 'aleppo-damascus-highway',
    threat: ATTACKERS,
    status: 'under serious threat',
  }),

  named('harakat-al-nujaba', 'Harakat al-Nujaba', 'iraqi-units'),
  named('kataib-hezbollah', "Kata'ib Hezbollah", 'iraqi-units'),
  named('liwa-abu-fadl-al-abbas', 'Liwa Abu Fadl al-Abbas', 'iraqi-units'),
  named('liwa-fatemiyoun', 'Liwa Fatemiyoun', 'iranian-units'),
  told('9/assault', hours('12:00', '20:00'), {
    kind: 'engagement',
    engagement: 'assault-on-al-eiss',
    type: 'assault',
    places: 'al-eiss',
    basis: 'assessed',
    belligerents: {
      attackers: [
        ...AT_AL_EISS,
        'harakat-al-nujaba',
        'kataib-hezbollah',
        'liwa-abu-fadl-al-abbas',
        'liwa-fatemiyoun',
      ],
      defenders: 'ahrar-al-sham',
    },
    outcome: { result: 'the defenders retreat to the outskirts' },
    summary:
      "Most of the fighting in Al-'Eiss was done by Harakat al-Nujaba, Kata'ib Hezbollah, Liwa Abu Fadl al-Abbas and the Fatemiyoun.",
  }),
]

/** `all` is in the order in which it was recorded: the registry first. */
export const aleppo: {
  readonly registry: readonly WrittenReport[]
  readonly reports: readonly WrittenReport[]
  readonly all: readonly WrittenReport[]
} = { registry, reports, all: [...registry, ...reports] }
