// What hosts can do, by clicking like a person, in real calls over the real room.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { TIMES } from '@rtc-elements/protocol';
import type { Page } from 'puppeteer-core';

import { until } from '../support/browsers/launch.js';
import {
  control,
  namesOfControls,
  press,
  type RoomWindow,
  waitForConnection,
  waitForPeers,
  waitForText,
} from '../support/browsers/hands.js';
import { readComplaints, waitForMedia } from '../support/browsers/probe.js';
import { useSite } from '../support/browsers/site.js';

/** What only hosts have, by name. What is in the menu of each person, the unit tests of the list say. */
const HOST_TOOLS = /^(Lock room|Unlock room|End for everybody|Admit|Deny)/;

const site = useSite();

/** Somebody new before the room, in it or at its door. */
const visit = (room: string, name: string): Promise<Page> => site.call({ room, name });

/** The first is host; each is in before the next one comes. */
async function gather(room: string, ...names: readonly string[]): Promise<Page[]> {
  const pages: Page[] = [];
  for (const name of names) {
    const page = await visit(room, name);
    await waitForConnection(page, 'connected');
    pages.push(page);
  }
  return pages;
}

async function leave(...pages: readonly Page[]): Promise<void> {
  const complaints = await Promise.all(pages.map(readComplaints));
  await Promise.all(pages.map((page) => page.close()));
  assert.deepEqual(complaints.flat(), []);
}

/** Opens somebody's menu in the list of people, and chooses. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await press(page, `What to do with ${name}`);
  await press(page, item);
}

const hostTools = async (page: Page): Promise<readonly string[]> =>
  (await namesOfControls(page)).filter((name) => HOST_TOOLS.test(name));

/** Opens the list of people, and waits until it is drawn. */
async function openPeople(page: Page): Promise<void> {
  await press(page, 'People');
  await until(page, 'the list', () => window.probe.find('[part~=person]').length > 0, []);
}

/** Devices that are held for this kind of track. */
const waitForHeld = (page: Page, kind: string, count: number): Promise<void> =>
  until(
    page,
    `${count} live ${kind} tracks`,
    (wanted: string, many: number) =>
      window.probe.tracks.filter((track) => track.kind === wanted && track.readyState === 'live')
        .length === many,
    [kind, count],
  );

/** Voices that are played. */
const waitForVoices = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} voices`,
    (many: number) =>
      window.probe.find('audio').filter((audio) => (audio as HTMLAudioElement).srcObject).length ===
      many,
    [count],
  );

/** Pictures of others that are shown. */
const waitForPictures = (page: Page, count: number): Promise<void> =>
  until(
    page,
    `${count} pictures`,
    (many: number) => {
      const [room] = window.probe.find('rtc-room') as RoomWindow[];
      const { peers = [] } = room?.client.getSnapshot() ?? {};
      return (
        peers.filter(({ session }) => room?.client.getTrack(session, 'camera')).length === many
      );
    },
    [count],
  );

describe('a host', () => {
  it('mutes somebody, who is told, falls silent, and may speak again', async () => {
    const [aisha, ben] = (await gather('mute', 'Aisha', 'Ben')) as [Page, Page];
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await waitForVoices(aisha, 1);

    await openPeople(aisha);
    await choose(aisha, 'Ben', 'Mute microphone');
    await waitForText(ben, 'A host turned your microphone off');
    await waitForHeld(ben, 'audio', 0);
    await waitForVoices(aisha, 0);
    await waitForText(aisha, 'muted by a host');

    await press(ben, 'Microphone');
    await waitForHeld(ben, 'audio', 1);
    await waitForVoices(aisha, 1);

    await choose(aisha, 'Ben', 'Turn camera off');
    await waitForText(ben, 'A host turned your camera off');
    await waitForHeld(ben, 'video', 0);
    await waitForPictures(aisha, 0);
    await leave(aisha, ben);
  });

  it('lowers a hand, and stops a screen', async () => {
    const [aisha, ben] = (await gather('stage', 'Aisha', 'Ben')) as [Page, Page];
    await openPeople(aisha);
    await press(ben, 'Raise hand');
    await waitForText(aisha, 'Ben raised a hand');
    await choose(aisha, 'Ben', 'Lower hand');
    await until(
      ben,
      'hand down',
      () => window.probe.find('[aria-label="Raise hand"]')[0]?.ariaPressed === 'false',
      [],
    );

    await press(ben, 'Share screen');
    await waitForText(aisha, "Ben's screen");
    await choose(aisha, 'Ben', 'Stop their screen');
    await waitForText(ben, 'A host stopped your screen');
    // The camera goes on.
    await waitForHeld(ben, 'video', 1);
    await leave(aisha, ben);
  });

  it('makes somebody a listener, a speaker again, and a host beside itself', async () => {
    const [aisha, ben, chen] = (await gather('roles', 'Aisha', 'Ben', 'Chen')) as [
      Page,
      Page,
      Page,
    ];
    await Promise.all([aisha, ben, chen].map((page) => waitForMedia(page, 2)));
    await Promise.all([aisha, ben].map(openPeople));
    assert.deepEqual(await hostTools(ben), []);

    await choose(aisha, 'Ben', 'Make listener');
    await waitForText(ben, 'You are a listener now');
    await waitForHeld(ben, 'audio', 0);
    await waitForHeld(ben, 'video', 0);
    await Promise.all([waitForPictures(aisha, 1), waitForPictures(chen, 1)]);
    await Promise.all([waitForVoices(aisha, 1), waitForVoices(chen, 1)]);
    const names = await namesOfControls(ben);
    assert.deepEqual(
      names.filter((name) => /Microphone|Camera|Share screen/i.test(name)),
      [],
    );
    assert.deepEqual(await hostTools(ben), []);
    // Who may send nothing still hears and sees.
    await waitForPictures(ben, 2);

    await choose(aisha, 'Ben', 'Make speaker');
    await waitForText(ben, 'You are a speaker now');
    await press(ben, 'Microphone');
    await press(ben, 'Camera');
    await Promise.all([waitForPictures(aisha, 2), waitForVoices(chen, 2)]);

    await choose(aisha, 'Ben', 'Make host');
    await waitForText(ben, 'You are a host now');
    await control(ben, 'Lock room');
    await choose(ben, 'Chen', 'Mute microphone');
    await waitForText(chen, 'A host turned your microphone off');
    await leave(aisha, ben, chen);
  });

  it('locks the room, denies who knocks, admits them, and unlocks it', async () => {
    const [aisha, ben] = (await gather('door', 'Aisha', 'Ben')) as [Page, Page];
    await Promise.all([aisha, ben].map(openPeople));
    await press(aisha, 'Lock room');
    await control(aisha, 'Unlock room');

    const chen = await visit('door', 'Chen');
    await waitForText(chen, 'Somebody will let you in soon');
    await waitForText(aisha, 'Chen would like to join');
    assert.deepEqual(await hostTools(ben), []);
    await press(aisha, 'Deny');
    await waitForText(chen, 'door is locked');

    await press(chen, 'Join again');
    await waitForText(chen, 'Somebody will let you in soon');
    await press(aisha, 'Admit');
    await waitForConnection(chen, 'connected');
    await Promise.all([aisha, ben, chen].map((page) => waitForMedia(page, 2, 40_000)));

    await press(chen, 'Leave');
    await press(chen, 'Join again');
    await waitForText(chen, 'Somebody will let you in soon');
    await press(aisha, 'Unlock room');
    await waitForConnection(chen, 'connected');
    await leave(aisha, ben, chen);
  });

  it('removes somebody, who is told why and may come back', async () => {
    const [aisha, ben] = (await gather('removal', 'Aisha', 'Ben')) as [Page, Page];
    await openPeople(aisha);
    await choose(aisha, 'Ben', 'Remove');
    await waitForText(ben, 'You were removed from removal');
    await waitForText(ben, 'A host took you out.');
    await waitForHeld(ben, 'audio', 0);
    await waitForPeers(aisha, 0);
    await press(ben, 'Join again');
    await waitForConnection(ben, 'connected');
    await Promise.all([waitForMedia(aisha, 1), waitForMedia(ben, 1)]);
    await leave(aisha, ben);
  });

  it('bans somebody, who stays out until they are let back in', async () => {
    const [aisha, ben] = (await gather('ban', 'Aisha', 'Ben')) as [Page, Page];
    await openPeople(aisha);
    await choose(aisha, 'Ben', 'Ban');
    await waitForText(ben, 'You may not come back to ban');
    assert.deepEqual(await namesOfControls(ben), []);
    await ben.reload();
    await waitForText(ben, 'You may not come back to ban');

    await press(aisha, 'Let back in');
    await until(
      aisha,
      'nobody is banned',
      () => !window.probe.find('h3').some(({ textContent }) => textContent === 'Banned'),
      [],
    );
    await ben.reload();
    await waitForConnection(ben, 'connected');
    await leave(aisha, ben);
  });

  it('leaves, and whoever is here the longest is host', async () => {
    const [aisha, ben, chen] = (await gather('succession', 'Aisha', 'Ben', 'Chen')) as [
      Page,
      Page,
      Page,
    ];
    await Promise.all([ben, chen].map(openPeople));
    assert.deepEqual([...(await hostTools(ben)), ...(await hostTools(chen))], []);
    await press(aisha, 'Leave');
    await waitForText(aisha, 'You left succession');
    await waitForPeers(chen, 1);
    // For a minute, Aisha would be host again if she came back.
    assert.deepEqual(await hostTools(ben), []);
    await waitForText(ben, 'You are a host now', 2 * TIMES.hostReturnMs);
    await control(ben, 'Lock room');
    assert.deepEqual(await hostTools(chen), []);

    // The former host comes back as anybody does.
    await press(aisha, 'Join again');
    await waitForConnection(aisha, 'connected');
    await openPeople(aisha);
    assert.deepEqual(await hostTools(aisha), []);
    await leave(aisha, ben, chen);
  });

  it('ends the room for everybody once it is sure, and it can be entered anew', async () => {
    const [aisha, ben] = (await gather('end', 'Aisha', 'Ben')) as [Page, Page];
    await openPeople(aisha);
    await press(aisha, 'Lock room');
    await control(aisha, 'Unlock room');
    await press(aisha, 'End for everybody');
    await press(aisha, 'Cancel');
    await press(aisha, 'End for everybody');
    // The same words again, in the question that was asked.
    await press(aisha, 'End for everybody');
    await Promise.all([aisha, ben].map((page) => waitForText(page, 'end was closed')));
    await Promise.all([aisha, ben].map((page) => waitForHeld(page, 'video', 0)));

    await press(ben, 'Join again');
    await waitForConnection(ben, 'connected');
    await openPeople(ben);
    await control(ben, 'Lock room');
    await leave(aisha, ben);
  });
});
