/** What JSON says of a value: views are read whole, so that they can be compared and copied. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
