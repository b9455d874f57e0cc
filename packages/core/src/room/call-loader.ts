// Loads the call when media is first wanted, and again after the call was left.
import type { SignalDelivery, Source } from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { RoomMedia } from '../api/room-api.js';
import type { Call, CallHost } from '../call/ports.js';
import { RtcError } from '../state/errors.js';
import { LazyModule } from '../support/lazy-module.js';

/** Makes a call; see `call/call.ts`. */
export type CreateCall = (host: CallHost, options: CompleteOptions) => Call;

/** Fetches what makes calls. */
export type LoadCall = () => Promise<CreateCall>;

/** Signals wait while the call loads; only those who have seen that we want it send any. */
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
    // Whoever needs the call for more than this hears that it could not be loaded.
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
