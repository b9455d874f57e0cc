/** What becomes of our devices after they were opened, and our screen: fetched with the first of them. */
export { LateMedia } from './late-media.js';
