/** The stops of the demo: an instant, places, and what to see there. Instants are in Damascus. */

export interface Stop {
  readonly title: string
  readonly says: string
  readonly instant: string
  readonly places: readonly string[]
  /** What the log knew just before it held this report; absent: all of it. */
  readonly beforeReport?: string
}

/** Of which all is told. */
export const DAY = '2015-11-12'

export const walk: readonly Stop[] = [
  {
    title: 'Before dawn: one account, and it is certain',
    says: 'The outlet saw Al-Hadher in rebel hands at some time between midnight and five. At the last instant of that window it is certain.',
    instant: `${DAY}T04:59:59.999`,
    places: ['al-hadher'],
  },
  {
    title: 'Eleven: the assault may be over, or not',
    says: 'It fell "in the morning", between six and noon. At eleven the rebels are still what is settled, and the attackers are possible beside them. Neither is rounded away.',
    instant: `${DAY}T11:00`,
    places: ['al-hadher'],
  },
  {
    title: 'Ten to twelve: possible, and no more than that',
    says: 'The journalist says that the hospital was taken between a quarter past eleven and noon. Nothing of that account is settled yet. The outlet speaks of the town as a whole, of which the hospital is a part. There is no dispute: both may be right.',
    instant: `${DAY}T11:50`,
    places: ['al-hadher-national-hospital'],
  },
  {
    title: 'Noon: the window is over',
    says: "The town is certainly the attackers', fully. The hospital is theirs too by the journalist's account, which is an account of its own though the same outlet relays it.",
    instant: `${DAY}T12:00`,
    places: ['al-hadher', 'al-hadher-national-hospital'],
  },
  {
    title: 'Eight in the evening: two accounts that cannot both be right',
    says: "Activists say that Al-'Eiss is captured fully. A source on the ground says that it is fought for still, and only under fire control. Both stand; the clash is marked, and that the two share a publisher is said.",
    instant: `${DAY}T20:00`,
    places: ['al-eiss', 'al-eiss-western-flank'],
  },
  {
    title: 'The same evening, as it was known before the ground source was heard',
    says: "What the log knew earlier can always be asked again. Before it held report 7 there was one account of Al-'Eiss, and nothing to dispute.",
    instant: `${DAY}T20:00`,
    places: ['al-eiss'],
    beforeReport: `masdar-${DAY}/7a`,
  },
  {
    title: 'The highway: a threat, and no word of who holds it',
    says: 'Facets are known separately. The road is said to be threatened; that nobody says who holds it is not the same as nobody holding it.',
    instant: `${DAY}T20:00`,
    places: ['aleppo-damascus-highway'],
  },
]
