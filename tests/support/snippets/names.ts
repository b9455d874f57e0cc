/** What the pages leave to their readers: names that blocks use without saying where they come from. */

/** Declarations, for all pages. What an earlier block of a page declares comes after these. */
export const NAMES = `
import type { EncryptionKeys, Peer, Room } from '@rtc-elements/core';
import type { StateEntry } from '@rtc-elements/protocol';
import type { Call, CallHost, CallOptions } from '@rtc-elements/core/call';
import type { RtcRoom } from 'rtc-elements';

export declare const room: Room;
export declare const peer: Peer;
export declare const element: RtcRoom;
export declare const video: HTMLVideoElement;
export declare const badge: HTMLElement;
export declare const deviceId: string;
export declare const token: string;
export declare const iceServers: readonly RTCIceServer[];
export declare const keys: EncryptionKeys['keys'];
export declare const before: CryptoKey;
export declare const next: CryptoKey;
export declare const account: { readonly id: string; readonly displayName: string };
export declare const socket: WebSocket;
export declare function show(words: string): void;
export declare function render(entries: readonly StateEntry[]): void;
export declare function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, get: () => T): T;
export declare function fetchToken(): Promise<string>;
/** Of a browser's console. */
export declare function copy(value: unknown): void;
/** Of a test runner. */
export declare function it(name: string, run: () => unknown): void;
export declare function makeTrack(kind: 'audio' | 'video'): MediaStreamTrack;
export declare const createCall: import('@rtc-elements/core/call').CreateCall;
export declare const ServerCall: new (host: CallHost, options: CallOptions) => Call;
export declare const process: { readonly env: Readonly<Record<'TOKEN_SECRET', string>> };
`;

/** The same for one page, where a name means something else there. */
export const NAMES_OF: Readonly<Record<string, string>> = {
  // The element, not what it has joined.
  moderation: `export declare const room: import('rtc-elements').RtcRoom;`,
  // What setEncryption() takes, where an element is encrypted.
  'encryption / Encryption / js': `export declare const keys: import('@rtc-elements/core').EncryptionKeys;`,
};
