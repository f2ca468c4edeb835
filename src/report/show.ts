/** How fields and values are named in messages: short, on one line, and safe to print at a terminal. */

export type Path = readonly (string | number)[]

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu
const SHOWN = 48

/** Path of a field as in `claim.holder.actors[1]`; keys that are no words stand in brackets. */
export function fieldOf(path: Path): string {
  let field = ''
  for (const step of path) {
    if (typeof step === 'number') field += `[${step}]`
    else if (PLAIN_KEY.test(step) && step.length <= SHOWN) field += field === '' ? step : `.${step}`
    else field += `[${show(step)}]`
  }
  return field
}

/** A value, shortened, for a message. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return printable(JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value))
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value))
        return value.length === 0
          ? '[]'
          : `a list of ${value.length} item${value.length > 1 ? 's' : ''}`
      return 'an object'
    case 'undefined':
      return 'undefined'
    case 'bigint':
      return `${String(value).slice(0, SHOWN)}n`
    case 'function':
      return 'a function'
    case 'symbol':
      return 'a symbol'
    default:
      return String(value)
  }
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => {
    const code = found.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}
