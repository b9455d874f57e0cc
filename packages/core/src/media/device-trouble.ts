/** What is done when a device cannot be had: most calls never need it (docs/decisions/0009). */
export { acquireAlone } from './acquire-alone.js';
export { toMediaError } from './media-errors.js';
