/**
 * Carries out requests. To add one, add its name to `RequestMap`, what it does to a table of carriers, and
 * how its parameters are read to `read-parameters.ts`. The carriers here are always loaded: the elements of
 * this package need them, some within a click. `more-requests.ts` has the others.
 */
import type { SharedRoom } from '../shared-room.js';
import type { Carriers } from './carrier.js';
import { loadMore } from './load-more.js';
import { failed } from './outcome.js';
import type { ParametersOf, RequestName, RequestOutcome, RtcAction } from './request-map.js';
import { keepOrder, takeTurn } from './request-order.js';

const CARRIERS: Partial<Carriers> = {
  join: (shared, { name, call }) => shared.join(name, call),
  leave: ({ room }) => room.leave(),
  rejoin: (shared) => shared.rejoin(),
  'toggle-microphone': (shared, { force = isOff(shared, 'microphone') }) =>
    shared.setDevice('microphone', force),
  'toggle-camera': (shared, { force = isOff(shared, 'camera') }) =>
    shared.setDevice('camera', force),
  'toggle-screen': (shared, { force = isOff(shared, 'screen') }) => {
    const { media } = shared.room;
    return force ? media.shareScreen({ audio: true }) : media.stopScreen();
  },
  'toggle-hand': ({ room }, { force = !room.getSnapshot().you?.hand }) =>
    room.setPresence({ hand: force }),
  'toggle-panel': (shared, { panel, force }) => shared.togglePanel(panel, force),
  'use-microphone': (shared, { deviceId }) => shared.setDevice('microphone', deviceId),
  'use-camera': (shared, { deviceId }) => shared.setDevice('camera', deviceId),
  'use-speaker': ({ room }, { deviceId }) => room.media.setSpeaker(deviceId),
  'enable-sound': ({ room }) => room.audio.start(),

  'send-message': ({ room }, { text, replyTo }) =>
    room.chat.send(text, ...(replyTo ? [{ replyTo }] : [])),
  'retry-message': ({ room }, { id }) => room.chat.retry(id),
  'discard-message': ({ room }, { id }) => room.chat.discard(id),
  'set-typing': ({ room }, { on }) => room.chat.setTyping(on),
  'load-history': ({ room }, parameters) => room.chat.history(parameters),
};

/** Carries out a request that was made in this `turn`, with valid parameters. Never rejects. */
export async function carryOut<Name extends RequestName>(
  action: RtcAction<Name>,
  shared: SharedRoom,
  turn = takeTurn(),
): Promise<RequestOutcome<Name>> {
  try {
    const { do: name, ...parameters } = action as { readonly do: Name } & ParametersOf<Name>;
    const carrier = CARRIERS[name] ?? (await loadMore()).MORE_CARRIERS[name];
    if (!carrier) throw new TypeError(`there is no request "${name}"`);
    keepOrder(shared, name, turn);
    return { status: 'done', value: await carrier(shared, parameters) };
  } catch (error) {
    return failed(error);
  }
}

const isOff = ({ room }: SharedRoom, source: 'microphone' | 'camera' | 'screen'): boolean =>
  room.getSnapshot().media[source].status === 'off';
