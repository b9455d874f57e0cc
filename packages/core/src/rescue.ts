/** What a call needs when its network is bad, fetched while that is still good (docs/decisions/0009). */
export { createRecovery } from './peer/link-recovery.js';
