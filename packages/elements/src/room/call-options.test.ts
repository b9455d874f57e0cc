// The options of a Room for the attributes of a room element.
import { expect } from '@esm-bundle/chai';

import { registerEngine } from '../session/engines.js';
import { type CallAttributes, callOptions } from './call-options.js';

const attributes: CallAttributes = {
  audio: 'on',
  video: 'on',
  pushToTalk: null,
  holdMicrophone: false,
  privacy: null,
  maxPeers: null,
  dataSaver: false,
  iceServers: [],
  engine: null,
  engines: {},
};
const options = { call: true, audio: true, video: true, iceServers: [] };

const engines = { server: () => Promise.reject(new Error('not here')) };

describe('callOptions', () => {
  for (const [title, over, expected] of [
    ['omits what is not set', {}, {}],
    ['starts devices as given', { audio: 'muted', video: 'off' }, { audio: 'muted', video: false }],
    ['uses the default for nothing', { audio: '' as 'on', privacy: null }, {}],
    // So that it is refused with a warning, and opens no device.
    ['leaves an unknown value to core', { audio: 'loud' as 'on' }, { audio: 'loud' }],
    ['holds the microphone if asked to', { holdMicrophone: true }, { holdMicrophone: true }],
    ['holds it for push-to-talk too', { pushToTalk: '' }, { holdMicrophone: true }],
    ['uses only relays if asked to', { privacy: 'relay' }, { privacy: 'relay' }],
    ['names an engine', { engine: 'server', engines }, { engine: 'server', engines }],
    [
      'caps the call, and saves data',
      { maxPeers: 3, dataSaver: true },
      { maxPeers: 3, dataSaver: true },
    ],
  ] as const) {
    it(title, () => {
      expect(callOptions({ ...attributes, ...over })).to.deep.equal({ ...options, ...expected });
    });
  }

  it('offers registered engines to every element, after those of its own', () => {
    registerEngine('server', () => Promise.reject(new Error('registered')));
    registerEngine('other', engines.server);
    expect(Object.keys(callOptions(attributes).engines ?? {})).to.deep.equal(['server', 'other']);
    expect(callOptions({ ...attributes, engines }).engines?.['server']).to.equal(engines.server);
  });
});
