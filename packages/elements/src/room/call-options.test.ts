// The options of a Room for the attributes of a room element.
import { expect } from '@esm-bundle/chai';

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
};
const options = { call: true, audio: true, video: true, iceServers: [] };

describe('callOptions', () => {
  for (const [title, over, expected] of [
    ['omits what is not set', {}, {}],
    ['starts devices as given', { audio: 'muted', video: 'off' }, { audio: 'muted', video: false }],
    ['uses the default for an unknown value', { audio: 'loud' as 'on' }, {}],
    ['holds the microphone if asked to', { holdMicrophone: true }, { holdMicrophone: true }],
    ['holds it for push-to-talk too', { pushToTalk: '' }, { holdMicrophone: true }],
    ['uses only relays if asked to', { privacy: 'relay' }, { privacy: 'relay' }],
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
});
