/** The version that a client names in `hello`. A room refuses any other with close code 4400. */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol with which a request can bring its `hello` (EN-10). */
export const SUBPROTOCOL = 'rtc-elements';
