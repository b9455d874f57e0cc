/** How a call does and what ails it: what it can begin without (docs/decisions/0009). */
export { acquireAlone } from './media/acquire-alone.js';
export { toMediaError } from './media/media-errors.js';
export { LinkSampler } from './peer/link-sampler.js';
