/** The version a client names in `hello`. A room refuses another one with close code 4400. */
export const PROTOCOL_VERSION = 1;
