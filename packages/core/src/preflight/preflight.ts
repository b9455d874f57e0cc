/** What a page asks before a call; loaded when it is first asked. */
export { requestPeople } from './request-people.js';
export { runNetworkCheck } from './run-network-check.js';
