// The options of a room, as a caller gives them.
import type { Meta } from '@rtc-elements/protocol';

import type { Engines } from '../call/ports.js';
import type { Ports } from '../ports.js';

/**
 * Which device to use. `false`: none, and the browser never asks. `true`: the default device. `'muted'`:
 * permission is asked for, but the device starts off. `deviceId`: that device.
 */
export type MediaChoice = boolean | 'muted' | { readonly deviceId: string };

export interface RoomOptions {
  /**
   * The host or URL of the edge room (`my-room.example.workers.dev`, `http://localhost:8787`). Default:
   * the page's origin.
   */
  readonly host?: string;
  /** The name of the room: `^[A-Za-z0-9_-]{1,64}$`. */
  readonly room: string;
  /** The name that others see, 1 to 64 code points. May be empty until `join({ name })` gives one. */
  readonly name: string;
  /** Default `true`. */
  readonly audio?: MediaChoice;
  /** Default `true`. */
  readonly video?: MediaChoice;
  /**
   * Keeps the microphone open while it is turned off, so that it is on again at once, as push-to-talk
   * needs, and `RoomState.you.speaking` shows when somebody talks into it. By default, a microphone
   * that is turned off is released and its light goes out.
   */
  readonly holdMicrophone?: boolean;
  /** Whether to enter the call on joining. `false`: chat only, until `enterCall()`. Default `true`. */
  readonly call?: boolean;
  /** `relay`: hides our addresses from peers. Needs a TURN server. */
  readonly privacy?: 'relay';
  /** The token that the deployment requires: a JWT from your backend (EN-7). */
  readonly token?: string;
  /**
   * Fetches a fresh token. Called for every new connection, and once more if the room refuses the
   * token. Takes precedence over `token`.
   */
  readonly tokenProvider?: () => Promise<string>;
  /**
   * In a room without tokens, whom others take us for: `browser`, one person in all tabs of this browser, or `tab`, one
   * person in this tab, also after a reload. Default `browser`.
   */
  readonly identity?: 'browser' | 'tab';
  /** ICE servers to use in addition to those that the room provides. */
  readonly iceServers?: readonly RTCIceServer[];
  /** The most people in the mesh, ourselves included. Default: the room's limit. */
  readonly maxPeers?: number;
  /** What may connect the call in place of the mesh, by name; each is loaded when it is used. */
  readonly engines?: Engines;
  /** The engine that the call begins with. Default `mesh`, which needs no `engines`. */
  readonly engine?: string;
  /**
   * Sends less: video at a lower resolution and frame rate, audio at a lower bitrate. Use `Room.show` to
   * receive less.
   */
  readonly dataSaver?: boolean;
  /** Custom presence data, at most 512 bytes of JSON (PR-1). */
  readonly meta?: Meta;
  /** Aborts a join in progress. Once it has succeeded, use `leave()`. */
  readonly signal?: AbortSignal;
  /** For environments other than a browser, and for tests. */
  readonly ports?: Partial<Ports>;
}
