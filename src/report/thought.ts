/** Which kinds of claim speak of reports and those who make them, and not of the world. */

const CORRECTIONS: ReadonlySet<string> = new Set(['correction', 'entry-correction'])
const TAKEN_BACK: ReadonlySet<string> = new Set(['withdrawal', 'void'])

/** Whether reports of this kind replace fields of another report. */
export function isCorrection(kind: string): boolean {
  return CORRECTIONS.has(kind)
}

/** Whether reports of this kind are second thoughts: withdrawals, corrections and voids. */
export function isSecondThought(kind: string): boolean {
  return CORRECTIONS.has(kind) || TAKEN_BACK.has(kind)
}

/** Whether reports of this kind say what is thought of a report or a source: stances and ratings. */
export function isRegard(kind: string): boolean {
  return kind === 'stance' || kind === 'rating'
}
