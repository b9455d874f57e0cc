// The process of a client that will be frozen: joins, tells its session, and stays.
import { decodeServerMessage, encode } from '@rtc-elements/protocol';
import WebSocket from 'ws';

import { helloOf } from '../house/raw-client.js';

const [, , url = '', name = ''] = process.argv;
const socket = new WebSocket(url);
socket.on('open', () => socket.send(encode(helloOf(name))));
socket.on('message', (data) => {
  const decoded = decodeServerMessage(String(data));
  if (decoded.ok && decoded.message.type === 'welcome') process.send?.(decoded.message.session);
});
process.once('disconnect', () => process.exit());
