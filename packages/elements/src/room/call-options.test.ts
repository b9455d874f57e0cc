// What the attributes of a room element come down to.
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
    ['says nothing of what is not set', {}, {}],
    ['starts devices as told', { audio: 'muted', video: 'off' }, { audio: 'muted', video: false }],
    ['takes an unknown start for the default', { audio: 'loud' as 'on' }, {}],
    ['holds the microphone where told', { holdMicrophone: true }, { holdMicrophone: true }],
    ['holds it for push-to-talk as well', { pushToTalk: '' }, { holdMicrophone: true }],
    ['hides addresses by a relay alone', { privacy: 'relay' }, { privacy: 'relay' }],
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
