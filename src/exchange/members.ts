/**
 * The text of each member's value in an object of JSON, by its name and in the order written: so
 * that bytes that were hashed can be taken out of a line unchanged.
 *
 * `text` must be JSON already, an object in which no name stands twice. One pass, without recursion.
 */
export function membersOf(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  let depth = 0
  let name: string | undefined
  let from = 0
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at)
        if (depth === 1 && name === undefined) name = JSON.parse(text.slice(at, end + 1)) as string
        at = end
        break
      }
      case ':':
        if (depth === 1) from = at + 1
        break
      case '{':
      case '[':
        depth++
        break
      case '}':
      case ']':
      case ',':
        if (depth === 1 && name !== undefined) {
          members.set(name, text.slice(from, at).trim())
          name = undefined
        }
        if (text[at] !== ',') depth--
        break
    }
  }
  return members
}

/** Where the string that begins at `start` ends. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}
