/**
 * What every call must do, as cases for the test runner of your choice:
 *
 * ```ts
 * for (const { name, run } of callConformance(() => ({ createCall, makeTrack }))) it(name, run);
 * ```
 *
 * @packageDocumentation
 */
import { type ConformanceSubject, Meeting, NO_MEDIA, type Person } from './testing/meeting.js';

export type { ConformanceSubject } from './testing/meeting.js';

export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Expected that ${what}.`);
}

/** Two people who are connected. */
async function connectedPair(meeting: Meeting): Promise<readonly [Person, Person]> {
  const [ann, ben] = [meeting.add('ann'), meeting.add('ben')];
  await Promise.all([ann.call.start(), ben.call.start()]);
  meeting.announce();
  await meeting.until('both are connected', () => connected(ann, ben));
  return [ann, ben];
}

const connected = (ann: Person, ben: Person): boolean =>
  ann.sees(ben.entry.session, 'connected') && ben.sees(ann.entry.session, 'connected');

type Task = (meeting: Meeting) => Promise<void>;

const CASES: Readonly<Record<string, Task>> = {
  'connects two people of a call, and tells both': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    expect(ann.errors.length + ben.errors.length === 0, 'nothing is reported');
  },

  'connects nobody who is in the room for the chat only': async (meeting) => {
    const [ann, ben] = [meeting.add('ann'), meeting.add('ben')];
    ben.entry = { ...ben.entry, call: 0 };
    await Promise.all([ann.call.start(), ben.call.start()]);
    meeting.announce();
    expect(!ann.sees('ben', 'connected'), 'the one is not connected');
    ben.entry = { ...ben.entry, call: 2 };
    meeting.announce();
    await meeting.until('they are connected once both want it', () => connected(ann, ben));
  },

  'brings what was published before, and what is published later': async (meeting) => {
    const [ann, ben] = [meeting.add('ann'), meeting.add('ben')];
    ann.call.publish('microphone', meeting.subject.makeTrack('audio'));
    await Promise.all([ann.call.start(), ben.call.start()]);
    meeting.announce();
    await meeting.until('the voice arrives', () => ben.gets('ann', 'microphone'));
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    await meeting.until('the picture arrives', () => ben.gets('ann', 'camera'));
    ann.call.publish('screen', meeting.subject.makeTrack('video'));
    await meeting.until('the screen arrives', () => ben.gets('ann', 'screen'));
    ann.call.publish('screen', null);
    await meeting.until('the screen goes', () => !ben.gets('ann', 'screen'));
    expect(ben.call.getTrack('ann', 'screen-audio') === null, 'nothing else arrives');
  },

  'replaces what is sent without a break in the connection': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    await meeting.until('the picture arrives', () => ben.gets('ann', 'camera'));
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    ann.call.publish('camera', null);
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    await meeting.until('another arrives', () => ben.gets('ann', 'camera'));
    expect(connected(ann, ben), 'they stayed connected');
  },

  'tells others what we send': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    ann.call.setFlags({ ...NO_MEDIA, camera: true });
    await meeting.until('it is heard', () => ben.media.get('ann')?.camera === true);
    ann.call.setFlags(NO_MEDIA);
    await meeting.until('its end is heard', () => ben.media.get('ann')?.camera === false);
  },

  'takes in a third, and lets anybody go': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    const cid = meeting.add('cid');
    await cid.call.start();
    meeting.announce();
    await meeting.until('all are connected', () => connected(ann, cid) && connected(ben, cid));
    cid.call.close();
    meeting.people.delete('cid');
    meeting.announce();
    await meeting.until('nobody sees the third', () =>
      [ann, ben].every((person) => person.sees('cid', 'none')),
    );
    expect(connected(ann, ben), 'the others stay connected');
  },

  'begins anew when we are another session': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    meeting.people.delete('ann');
    ann.entry = { ...ann.entry, session: 'anew', call: 3 };
    meeting.people.set('anew', ann);
    meeting.announce();
    await meeting.until('they are connected again', () => connected(ann, ben));
    await meeting.until('the old one is gone', () => ben.sees('ann', 'none'));
  },

  'reports transports with statistics, and who is reached over which': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    ben.call.publish('camera', meeting.subject.makeTrack('video'));
    await meeting.until('the picture arrives', () => ann.gets('ben', 'camera'));
    const { transports, peers } = ann.call.report();
    const peer = peers.find(({ session }) => session === 'ben');
    const transport = transports.find(({ id }) => id === peer?.transport);
    expect(transport !== undefined, 'the peer has a transport');
    const track = ann.call.getTrack('ben', 'camera');
    expect(peer?.tracks.camera === track?.id, 'it names the track');
    expect((await transport?.getStats()) !== undefined, 'it has statistics');
    expect(new Set(transports.map(({ id }) => id)).size === transports.length, 'ids differ');
  },

  'recovers from each fault that it can cause': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    for (const cause of Object.values(ann.call.faults)) {
      await cause?.();
      await meeting.until('they are connected again', () => connected(ann, ben));
    }
  },

  'knows nothing of strangers': async (meeting) => {
    const [ann] = await connectedPair(meeting);
    ann.call.restart('nobody');
    ann.call.show('nobody', 'camera', { width: 10, height: 10 });
    expect(ann.call.getTrack('nobody', 'camera') === null, 'it has no track of a stranger');
    expect(ann.call.levelOf('nobody') === undefined, 'nor a level');
  },

  'tells the others when it is closed, and its host nothing more': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    ann.call.setFlags({ ...NO_MEDIA, camera: true });
    await meeting.until('it is heard', () => ben.media.get('ann')?.camera === true);
    ann.call.close();
    const { told } = ann;
    ann.call.close();
    ann.hear();
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    meeting.people.delete('ann');
    await meeting.until('the other sees it', () => ben.sees('ann', 'none'));
    expect(ann.told === told, 'its host hears nothing more');
  },
};

/** The cases; each has `makeSubject` make an engine of its own. */
export const callConformance = (
  makeSubject: () => ConformanceSubject,
): readonly ConformanceCase[] =>
  Object.entries(CASES).map(([name, task]) => ({
    name,
    run: async () => {
      const meeting = new Meeting(makeSubject());
      try {
        await task(meeting);
      } finally {
        meeting.close();
      }
    },
  }));
