/**
 * Canonical JSON (RFC 8785), which is what is stored and hashed: no space, keys in the order of
 * their UTF-16 units, numbers and text as ECMAScript prints them.
 */

/** Text that stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/
const LONE_SURROGATE = /\p{Cs}/u

/**
 * Canonical JSON of a plain value without cycles; members that are undefined are left out.
 *
 * @throws `TypeError` for what has no canonical form: undefined, functions, numbers that are not
 *   finite, half of a surrogate pair.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      if (Number.isFinite(value)) return String(value)
      break
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? list(value) : record(value as Record<string, unknown>)
  }
  throw new TypeError(`${String(value)} has no canonical form`)
}

/** Whether a text stands in JSON as it is. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/** A copy that shares nothing with a plain value, its keys in canonical order. */
export function inOrder<Value>(value: Value): Value
export function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const copied: Record<string, unknown> = {}
  for (const key of sorted(Object.keys(value))) {
    const member = (value as Record<string, unknown>)[key]
    if (member !== undefined) copied[key] = inOrder(member)
  }
  return copied
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text))
    throw new TypeError('half of a surrogate pair has no canonical form')
  return JSON.stringify(text)
}

function list(values: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ','
    text += canonical(values[i])
  }
  return `${text}]`
}

function record(members: Record<string, unknown>): string {
  let text = '{'
  for (const key of sorted(Object.keys(members))) {
    const value = members[key]
    if (value === undefined) continue
    text += `${text === '{' ? '' : ','}${quoted(key)}:${canonical(value)}`
  }
  return `${text}}`
}

/** Keys sorted; most come so. */
function sorted(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++)
    if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort()
  return keys
}
