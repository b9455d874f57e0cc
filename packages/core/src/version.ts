/** As in `package.json`, with which it changes: a browser cannot read that, and a test compares them. */
export const CORE_VERSION = '0.1.0';
