/** What a page and its frame worker say to each other. */

/** The options of each `RTCRtpScriptTransform`. */
export interface TransformOptions {
  readonly operation: 'encrypt' | 'decrypt';
  readonly kind: 'audio' | 'video';
}

/**
 * From the worker.
 * - `ready`: the keys that were sent last are in force.
 * - `dropping`: no frame passes at one end, in the direction of `operation`; told once per interruption.
 *   `codec`: its codec cannot be encrypted. `key`: there is no key with that index, or the frames are not
 *   encrypted. `damaged`: the key is another one, or the frames were changed on the way.
 */
export type FromWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'dropping';
      readonly operation: TransformOptions['operation'];
      readonly reason: 'codec' | 'key' | 'damaged';
    };
