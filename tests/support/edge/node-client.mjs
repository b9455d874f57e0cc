/**
 * A program that uses core as an app does in Node: `node node-client.mjs <core> <host>`. Prints what came of each step, as
 * JSON. Whoever runs it ends it if a step never ends.
 */
import { WebSocket as WsSocket } from 'ws';

const [core, host] = process.argv.slice(2);
const { createRoom } = await import(/** @type {string} */ (core));

/** @type {(task: () => unknown) => Promise<string>} */
const outcomeOf = async (task) => {
  try {
    const value = await task();
    return value === undefined ? 'fine' : JSON.stringify(value);
  } catch (error) {
    const { name, code, message } = /** @type {any} */ (error);
    return `${name} ${code}: ${message}`;
  }
};

/** @type {(options?: object) => any} */
const newRoom = (options = {}) => createRoom({ host, room: 'node', name: 'Node', ...options });

/** @type {Record<string, string>} */
const found = {};
const hasSockets = 'WebSocket' in globalThis;
found.sockets = String(hasSockets);

const chat = newRoom({ call: false });
found.chat = await outcomeOf(() => chat.join());
found.connection = chat.getSnapshot().connection;
found.enterCall = await outcomeOf(() => chat.enterCall());
found.microphone = await outcomeOf(() => chat.media.setMicrophone(true));
found.simulate = await outcomeOf(() => chat.simulate('socket-drop'));
found.diagnostics = await outcomeOf(async () => typeof (await chat.diagnostics()));
found.leave = await outcomeOf(() => chat.leave());

const call = newRoom({ ports: { WebSocket: WsSocket } });
found.call = await outcomeOf(() => call.join());
found.callProblem = call.getSnapshot().problem?.code ?? '';
found.leaveCall = await outcomeOf(() => call.leave());

const given = newRoom({ call: false, ports: { WebSocket: WsSocket } });
const other = newRoom({ call: false, name: 'Other', ports: { WebSocket: WsSocket } });
found.join = await outcomeOf(() => Promise.all([given.join(), other.join()]).then(() => undefined));
const heard = new Promise((resolve) => {
  // No `message` event: both are one person, in one program.
  other.subscribe(() => {
    const [entry] = other.getSnapshot().chat.entries;
    if (entry) resolve(entry.text);
  });
});
found.send = await outcomeOf(async () => (await given.chat.send('hello from Node')).seq > 0);
found.heard = await outcomeOf(() => heard);
found.left = await outcomeOf(() =>
  Promise.all([given.leave(), other.leave()]).then(() => undefined),
);

const lost = createRoom({
  host: 'http://127.0.0.1:1',
  room: 'node',
  name: 'Node',
  call: false,
  ports: { WebSocket: WsSocket },
});
const unreachable = new Promise((resolve) => {
  lost.subscribe(() => lost.getSnapshot().problem && resolve(lost.getSnapshot().problem.code));
});
const joining = outcomeOf(() => lost.join());
found.unreachable = await outcomeOf(() => unreachable);
found.lostLeave = await outcomeOf(() => lost.leave());
found.lostJoin = await joining;

console.log(JSON.stringify(found));
