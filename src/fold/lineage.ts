/**
 * Lineages: the forms that reports with second thoughts took, each with its rows. A form's text
 * names the corrections that made it; one that was left and came back has rows under a name of
 * its own, which say the same again.
 */
import type { Hop } from '../report/types.js'
import type { SavedRoll } from './roll.js'
import type { Store } from './store.js'

/** A report with second thoughts; its rows in each form lie with each store's `forms`. */
export interface Lineage {
  /** The form it has at the head. */
  current: string
  /** Some source, not the desk alone, had a say. */
  bySource: boolean
  /** Every form it ever took, at the head or at a cut that was asked for. */
  readonly forms: Set<string>
}

/** What a snapshot keeps of a ledger, beside the rows of each projection. */
export interface SavedLedger {
  readonly roll: SavedRoll
  readonly chains: readonly (readonly Hop[])[]
  readonly thoughts: readonly number[]
  readonly lineages: readonly (readonly [
    position: number,
    lineage: Omit<Lineage, 'forms'> & { readonly forms: readonly string[] },
  ])[]
}

/** Between a form's text and the position at which it came back, whose rows say the same again. */
const AGAIN = '@'

/** The name for rows of a form that comes back at a position. */
export function formAgain(text: string, position: number): string {
  return `${text}${AGAIN}${position}`
}

/** The text of the form that rows were noted under a name for. */
export function formNamed(name: string): string {
  const end = name.indexOf(AGAIN)
  return end === -1 ? name : name.slice(0, end)
}

/** Notes a row of a report under the name of a form. */
export function noteRow(store: Store, position: number, form: string, row: number): void {
  let forms = store.forms.get(position)
  if (forms === undefined) {
    forms = new Map()
    store.forms.set(position, forms)
  }
  forms.set(form, [...(forms.get(form) ?? []), row])
}
