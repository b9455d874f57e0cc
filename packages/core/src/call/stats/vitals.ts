/** How the links of a call do: fetched once a first one is up (docs/decisions/0009). */
export { LinkSampler } from './link-sampler.js';
