// Every request that can be made in memory, with valid parameters.
import type {
  ParametersOf,
  RequestName,
} from '../../packages/elements/src/session/requests/request-map.js';

const aFile = new File(['one'], 'plan.pdf');

/**
 * The parameters of each request, and the calls on a fake room that it leads to. Those that go to a server
 * instead of the room are not here.
 */
export const REQUESTS: {
  readonly [Name in Exclude<RequestName, 'peek-room' | 'check-network'>]: readonly [
    ParametersOf<Name>,
    ...(readonly string[]),
  ];
} = {
  join: [{ name: 'Noor', call: true }, 'setPresence({"name":"Noor"})', 'enterCall()'],
  leave: [{}, 'leave()'],
  rejoin: [{}, 'enterCall()'],
  'leave-call': [{}, 'leaveCall()'],
  'move-call': [{ engine: 'mesh' }, 'moveCall("mesh")'],
  'set-presence': [
    { name: 'Noor', state: 'away', hand: true, meta: { seat: 4, note: null } },
    'setPresence({"name":"Noor","state":"away","hand":true,"meta":{"seat":4,"note":null}})',
  ],
  'toggle-microphone': [{}, 'set-microphone(true)'],
  'toggle-camera': [{}, 'set-camera(true)'],
  'toggle-screen': [{}, 'set-screen(true)'],
  'toggle-hand': [{}, 'setPresence({"hand":true})'],
  'toggle-panel': [{ panel: 'chat' }],
  'share-screen': [{ audio: true, hint: 'motion', deviceId: 'cam-2' }, 'set-screen(true)'],
  'use-microphone': [{ deviceId: 'mic-1' }],
  'use-camera': [{ deviceId: 'cam-1' }],
  'use-speaker': [{ deviceId: 'out-1' }, 'setSpeaker("out-1")'],
  'enable-sound': [{}, 'start-sound()'],
  'show-picture': [{ session: 's', source: 'camera', size: { width: 320, height: 180 } }],
  'send-message': [{ text: 'hi', replyTo: 7 }, 'send("hi", {"replyTo":7})'],
  'edit-message': [{ seq: 7, text: 'hello' }, 'edit(7, "hello")'],
  'delete-message': [{ seq: 7 }, 'delete(7)'],
  react: [{ seq: 7, emoji: '👍', on: false }, 'react(7, "👍", false)'],
  'retry-message': [{ id: 'a' }, 'retry("a")'],
  'discard-message': [{ id: 'a' }, 'discard("a")'],
  'target-message': [{ seq: null, edits: false }],
  'set-typing': [{ on: true }, 'setTyping(true)'],
  'mark-read': [{ seq: 7 }, 'markRead(7)'],
  'load-history': [{ before: 7, after: 1, limit: 5 }, 'history({"before":7,"after":1,"limit":5})'],
  'search-messages': [
    { query: 'budget', before: 7, limit: 5 },
    'search("budget", {"before":7,"limit":5})',
  ],
  'send-files': [{ files: aFile, to: 's' }, 'offer(["plan.pdf"], "s")'],
  'share-files': [
    { files: [aFile], text: 'plan.pdf', replyTo: 7 },
    'send("plan.pdf", {"file":{"id":"shared","name":"plan.pdf","size":3,"type":""},"replyTo":7})',
    'share(["plan.pdf"])',
  ],
  'request-files': [{ session: 's', shared: 'f', sink: 'memory' }, 'request("f", "s")'],
  'accept-transfer': [{ id: 'a', sink: 'storage' }, 'accept("a", "storage")'],
  'decline-transfer': [{ id: 'a', reason: 'later' }, 'decline("a", "later")'],
  'pause-transfer': [{ id: 'a' }, 'pause("a")'],
  'resume-transfer': [{ id: 'a', files: [aFile] }, 'resume("a", ["plan.pdf"])'],
  'cancel-transfer': [{ id: 'a' }, 'cancel("a")'],
  'discard-transfer': [{ id: 'a' }, 'discard("a")'],
  'take-transfer': [{ id: 'a' }, 'take("a")'],
  'set-value': [
    { key: 'slide', value: { n: [4] }, rev: 2 },
    'set-value("slide", {"n":[4]}, {"rev":2})',
  ],
  'delete-value': [{ key: 'slide', rev: 2 }, 'delete-value("slide", {"rev":2})'],
  'mute-person': [{ session: 's', source: 'camera' }, 'mute("s", "camera")'],
  'lower-hand': [{ session: 's' }, 'lowerHand("s")'],
  'set-role': [{ session: 's', role: 'host' }, 'setRole("s", "host")'],
  'remove-person': [{ session: 's' }, 'remove("s")'],
  'ban-person': [{ user: 'u' }, 'ban("u")'],
  'unban-person': [{ user: 'u' }, 'unban("u")'],
  'lock-room': [{ on: true }, 'lock(true)'],
  'admit-person': [{ session: 's' }, 'admit("s")'],
  'deny-person': [{ session: 's' }, 'deny("s")'],
  'close-room': [{}, 'close()'],
  'retry-peer': [{ session: 's' }, 'retryPeer("s")'],
  simulate: [{ fault: 'ice-fail' }, 'simulate("ice-fail")'],
  diagnose: [{}, 'diagnostics()'],
};
