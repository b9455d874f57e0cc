// What a caller gives to a call.

/**
 * What `Room.simulate()` can make happen.
 * - `socket-drop`: the connection to the room breaks and is reopened, as after a network failure.
 * - `socket-half-open`: the connection stays open, but everything that arrives on it is ignored until
 *   the heartbeat notices.
 * - `ice-fail`: each link reacts as if its path had failed and looks for another one. The path itself
 *   still works, so `link.status` need not change.
 * - `turn-expire`: the room is asked for fresh ICE credentials, as when a TURN server refuses ours. Happens
 *   once per set of credentials and at most every 30 s, as after a real refusal.
 * - `rebuild`: each link starts over on a new `RTCPeerConnection`.
 * - `device-lost`: the tracks of the microphone and the camera in use end, as when they are unplugged.
 */
export type SimulatedFault =
  'socket-drop' | 'socket-half-open' | 'ice-fail' | 'turn-expire' | 'rebuild' | 'device-lost';

/**
 * Keys by which media are encrypted from person to person. Everybody in the call needs the same ones: how
 * they get them is up to the page.
 */
export interface EncryptionKeys {
  /**
   * At most 16, by an index from 0 to 15 that is sent along: for AES-GCM (128 or 256 bits), usable to
   * encrypt and decrypt. A key that is used no longer stays in the map until everybody has the next one.
   */
  readonly keys: ReadonlyMap<number, CryptoKey>;
  /** The index of the key that we encrypt with. */
  readonly sendWith: number;
  /**
   * The address of `frame-worker.js`, if it is not beside the script that loads it; needed if that script
   * comes from another origin, as workers must not. May be a `TrustedScriptURL`.
   */
  readonly workerUrl?: string | URL;
}
