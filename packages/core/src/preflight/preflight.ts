/** The checks that a page can run before a call; loaded when first used. */
export { requestPeople } from './request-people.js';
export { runNetworkCheck } from './run-network-check.js';
