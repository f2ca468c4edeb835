/** The engine's own register of sweeps: by account, when its whole coverage was looked at. */
import { defineProjection } from './projection.js'
import { SWEEPS } from './register.js'

/** Keys are `{ account }`; `swept` is carried by the account's last sweep. */
export const sweeps = defineProjection({
  type: 'register',
  name: SWEEPS,
  reads: ['sweep'],
  facets: ['swept'],
  *sets({ account }) {
    yield { key: { account }, facets: { swept: true } }
  },
})
