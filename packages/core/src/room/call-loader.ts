// The place of the call in a room: empty until media is wanted, and again after leaving the call.
import type { Source } from '@rtc-elements/protocol';

import type { CompleteOptions } from '../api/options.js';
import type { Call, CallHost } from '../ports.js';
import type { RoomMedia } from '../api/room-api.js';
import { LazyModule } from '../support/lazy-module.js';

/** Makes a call; see `call.ts`. */
export type CreateCall = (host: CallHost, options: CompleteOptions) => Call;

/** Fetches the part of the package that makes calls. */
export type LoadCall = () => Promise<CreateCall>;

/** Signals are kept while the call loads; nobody sends any who has not seen that we want it. */
export class CallLoader extends LazyModule<Call, unknown> {
  /** `onReady` is told once per call, as soon as it is there. */
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
    });
  }

  /** `Room.media`: loads the call when first used. */
  readonly media: RoomMedia = {
    setMicrophone: (choice) => this.use((call) => call.media.setMicrophone(choice)),
    setCamera: (choice) => this.use((call) => call.media.setCamera(choice)),
    shareScreen: (options) => this.use((call) => call.media.shareScreen(options)),
    stopScreen: () => this.part?.media.stopScreen(),
    // A failed load is reported to whoever needs the call for more than this.
    setSpeaker: (deviceId) => this.tell((call) => call.media.setSpeaker(deviceId)),
    getTrack: (source: Source) => this.part?.media.getTrack(source) ?? null,
  };
}
