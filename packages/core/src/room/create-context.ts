// The view of a room that its capabilities and the call receive.
import type { CompleteOptions } from '../api/options.js';
import type { Room } from '../api/room-api.js';
import { LevelsEvent, RoomErrorEvent, type RoomEventMap } from '../api/room-events.js';
import { PeerDemand } from '../data/peer-demand.js';
import { LinkDemand } from '../data/link-demand.js';
import type { DataContext } from '../data/ports.js';
import type { DebugHost } from '../diagnostics/ports.js';
import type { PlaybackHost } from '../playback/playback-host.js';
import type { IceRenewal } from '../signaling/ice-credentials.js';
import { SendRate } from '../signaling/send-rate.js';
import type { SignalingClient } from '../signaling/signaling-client.js';
import { toProblem } from '../state/errors.js';
import type { RoomChange } from '../state/room-change.js';
import { systemClock } from '../support/clock.js';
import type { CallControl, CallControlHost } from './call-control.js';
import type { Presence } from './presence.js';
import type { RoomContext } from './room-context.js';

export type Context = RoomContext &
  DebugHost &
  CallControlHost &
  PlaybackHost &
  DataContext & {
    /** Links for data alone. */
    readonly links: LinkDemand;
  };

/** The parts of a room that its context reaches; asked for when they are needed. */
export interface ContextParts {
  readonly room: Room;
  client(): SignalingClient | null;
  call(): CallControl;
  presence(): Presence;
  iceRenewal(): IceRenewal;
  dispatch(change: RoomChange): void;
  dispatchEvent(event: RoomEventMap[keyof RoomEventMap]): void;
}

export function createContext(options: CompleteOptions, parts: ContextParts): Context {
  const { ports } = options;
  const { room, client, call, presence, dispatch, dispatchEvent } = parts;
  const clock = ports?.clock ?? systemClock;
  const ownCallData: DataContext['callData'] = () => call().call?.data ?? null;
  const callData: DataContext['callData'] = () => links.module ?? ownCallData();
  const demand = new PeerDemand(callData);
  const context: Omit<Context, 'links'> = {
    clock,
    sendRate: new SendRate(clock),
    lineUse: { talkedAt: -Infinity },
    room,
    call: () => call().call,
    callData,
    whenWanted: (...wanted) => demand.whenWanted(...wanted),
    watchPeers: (...watcher) => demand.watchPeers(...watcher),
    wantLink: (...wanted) => links.want(...wanted),
    onPeerData: (session) => {
      links.module?.look(session);
      demand.onPeerData(session);
    },
    encryption: () => call().encryption,
    webSocket: () => client()?.webSocket ?? null,
    signaling: client,
    probe: () => client()?.probe(),
    ports: { ...ports, clock },
    getSnapshot: () => room.getSnapshot(),
    subscribe: (listener) => room.subscribe(listener),
    dispatch,
    dispatchEvent,
    features: () => client()?.features ?? [],
    send: (message) => client()?.send(message) === true,
    sendSignal: (to, body) => client()?.send({ type: 'signal', to, ...body }) === true,
    microphone: () => call().microphone,
    setMediaFlags: (media, again) => presence().setMediaFlags(media, again),
    onTurnRefused: (again) => parts.iceRenewal().onTurnRefused(again),
    onRelayProblem: (error) => dispatch({ type: 'relay', problem: error && toProblem(error) }),
    onSound: (error) => dispatch({ type: 'sound', problem: error && toProblem(error) }),
    reportLevels: (levels) => dispatchEvent(new LevelsEvent(levels)),
    reportError: (error) => dispatchEvent(new RoomErrorEvent(error, false)),
  };
  const links: LinkDemand = new LinkDemand(
    {
      ...context,
      ownCallData,
      iceServers: () => parts.iceRenewal().servers,
      takes: (purpose) => demand.takes(purpose),
      onLoad: () => parts.iceRenewal().schedule(),
    },
    options,
  );
  return { ...context, links };
}
