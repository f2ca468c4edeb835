/** Near misses: what a text would be, were it spelled as ISO 8601 has it. */

/** Arabic-Indic and Eastern Arabic-Indic digits begin at these. */
const ZEROS = [0x660, 0x6f0]

function digit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0
  const zero = ZEROS.find((from) => code >= from && code < from + 10)
  return zero === undefined ? letter : String(code - zero)
}

/** The text with its spaces, dashes, digits, case and padding put right; it may still be no time. */
export function respell(text: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\+(?=\d{4}(?!\d))/, '')
    .replace(/^y(?=-?\d)/, 'Y')
    .replace(/^Y(-?\d{4})$/, '$1')
    .replace(/ ?(?:UTC|GMT|z)$/, 'Z')
    .replace(/(\d) (?=[+-]\d\d(?::?\d\d)?$|Z$|\[|~)/, '$1')
    .replace(/^(-?\d{4}-\d{1,2}-\d{1,2})[ t](?=\d)/, '$1T')
    .replace(/([-T])(\d)(?=[-:T~]|$)/g, '$10$2')
    .replace(/(T.*[+-]\d\d)(\d\d)(?=$|\[|~)/, '$1:$2')
}
