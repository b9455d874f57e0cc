/** The version a client names in `hello`. A room refuses another one with close code 4400. */
export const PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol under which `hello` may travel with the request (EN-10). */
export const SUBPROTOCOL = 'rtc-elements';
