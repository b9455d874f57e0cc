import { expect } from '@esm-bundle/chai';
import { LIMITS } from '@rtc-elements/protocol';

import { readSettings } from './settings.js';

describe('settings', () => {
  it('name no ICE server by themselves', () => {
    const { iceServers, limits, problems } = readSettings({});
    expect(iceServers).to.equal(null);
    expect(limits.members).to.equal(LIMITS.members);
    expect(problems).to.deep.equal([]);
  });

  it('take ICE servers and limits from variables, as text or as JSON', () => {
    const servers = [{ urls: ['turn:turn.example.com'], username: 'u', credential: 'c' }];
    for (const ICE_SERVERS of [servers, JSON.stringify(servers)]) {
      const settings = readSettings({ ICE_SERVERS, MAX_MEMBERS: '12', HISTORY_MESSAGES: 0 });
      expect(JSON.stringify(settings.iceServers)).to.equal(JSON.stringify(servers));
      expect(settings.limits).to.include({ members: 12, historyMessages: 0 });
      expect(settings.problems).to.deep.equal([]);
    }
  });

  it('leave what is wrong at its default, and say what was expected', () => {
    const wrong = { ICE_SERVERS: 'stun:x', MAX_MEMBERS: '0', HISTORY_MESSAGES: 'all' };
    const { iceServers, limits, problems } = readSettings(wrong);
    expect(iceServers).to.equal(null);
    expect(limits.historyMessages).to.equal(LIMITS.historyMessages);
    expect(problems).to.have.length(3);
    expect(problems.join('\n')).to.match(/MAX_MEMBERS must be .* at least 1, not "0"/);
    expect(problems.join('\n')).to.match(/ICE_SERVERS must be JSON like .*: /);
  });
});
