/**
 * What somebody waits for, and how much it may weigh: the one table of which chunks a page fetches by
 * itself. `npm run size` weighs them, and `tests/browsers/script-size.test.ts` compares the table with
 * what a browser fetches.
 */

const ELEMENTS = 'packages/elements/dist/cdn/rtc-elements.min.js';
const CHAT = 'packages/elements/dist/cdn/rtc-chat.min.js';
const CORE = 'packages/core/dist/cdn/rtc-core.min.js';

/** Of core, in every call: our devices, and what looks after the call once it is connected. */
const CALL = ['background'];
/** Of core, where TURN credentials end before a call does: nothing more. */
const TURN = [];
/** Of the elements, for the picture. */
const STAGE = ['interface'];
/** Of the elements, when the page is idle. */
const IDLE = ['screens', 'chat'];

/**
 * @typedef {object} Budget
 * @property {string} title
 * @property {string} entry  The built file that a page names, or a module that is bundled to be weighed.
 * @property {readonly string[]} loads  Chunks that are fetched by `import()`, by name.
 * @property {number} kb  Of 1,000 bytes: the most that all of them may weigh (minified, gzip -9).
 * @property {number} [requests]  The most files.
 * @property {string} [sameAs]  Title of the budget whose files it must not exceed.
 * @property {boolean} [isModule]
 */

/** @type {readonly Budget[]} */
export const BUDGETS = [
  // 38, 75 and 95 KB were planned; decisions 19, 20, 24, 27, 31, 37, 38, 39, 41, 43 and 48 say what the difference buys.
  { title: 'until the socket is asked for', entry: ELEMENTS, loads: [], kb: 61.5 },
  { title: 'first call', entry: ELEMENTS, loads: [...CALL, ...STAGE], kb: 98.5, requests: 4 },
  {
    title: 'first call with TURN',
    entry: ELEMENTS,
    loads: [...CALL, ...TURN, ...STAGE],
    kb: 98.5,
    requests: 4,
    sameAs: 'first call',
  },
  {
    title: 'first call, then idle',
    entry: ELEMENTS,
    loads: [...CALL, ...STAGE, ...IDLE],
    kb: 121.5,
    requests: 5,
  },
  {
    title: 'chat alone, until one can write',
    entry: CHAT,
    loads: ['chat'],
    kb: 75,
    requests: 2,
  },
  {
    title: 'core, whole call with TURN',
    entry: CORE,
    loads: [...CALL, ...TURN],
    kb: 56.5,
    requests: 2,
  },
  {
    title: 'protocol alone',
    entry: 'packages/protocol/dist/index.js',
    isModule: true,
    loads: [],
    // With the words for what a room refuses, which no page loads.
    kb: 7.2,
  },
];
