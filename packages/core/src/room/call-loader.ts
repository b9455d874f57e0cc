// Loads the call when media is first used, and again after the call was left.
import type { SignalDelivery, Source } from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { RoomMedia } from '../api/room-api.js';
import type { Call, CallHost } from '../call/ports.js';
import { RtcError } from '../state/errors.js';
import { LazyModule } from '../support/lazy-module.js';

/** Creates a call; see `call/call.ts`. */
export type CreateCall = (host: CallHost, options: CompleteOptions) => Call;

/** Loads the factory for calls. */
export type LoadCall = () => Promise<CreateCall>;

/** Queues signals while the call loads. Peers send them only once they have seen that we want a call. */
export class CallLoader extends LazyModule<Call, SignalDelivery> {
  /** `onReady` is called once per call, when it has loaded. */
  constructor(
    options: CompleteOptions,
    load: LoadCall,
    host: CallHost,
    onReady: (call: Call) => void,
  ) {
    super(host, {
      load: async () => {
        const create = await load();
        return () => create(host, options);
      },
      onReady,
      onItem: (call, signal) => call.receiveSignal(signal),
      onOverflow: () => host.reportError(overflowError()),
    });
  }

  /** `Room.media`: loads the call when first used. */
  readonly media: RoomMedia = {
    setMicrophone: (choice) => this.use((call) => call.media.setMicrophone(choice)),
    setCamera: (choice) => this.use((call) => call.media.setCamera(choice)),
    shareScreen: (options) => this.use((call) => call.media.shareScreen(options)),
    stopScreen: () => this.module?.media.stopScreen(),
    // A failure to load the call is reported by the methods that return a promise.
    setSpeaker: (deviceId) => this.tell((call) => call.media.setSpeaker(deviceId)),
    getTrack: (source: Source) => this.module?.media.getTrack(source) ?? null,
  };
}

const overflowError = (): RtcError =>
  new RtcError(
    'part-unavailable',
    'The call takes too long to load; some people may not be seen. Leave the call and enter it again.',
    { retryable: true },
  );
