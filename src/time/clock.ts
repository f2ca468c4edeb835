/** The system's clock, the only one that is ever read unless another is given: milliseconds since 1970, UTC. */
export function systemClock(): number {
  return Date.now()
}
