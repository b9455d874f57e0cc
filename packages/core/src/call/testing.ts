/**
 * What every call must do, as cases for the test runner of your choice:
 *
 * ```ts
 * for (const { name, run } of callConformance(() => ({ createCall, makeTrack }))) it(name, run);
 * ```
 *
 * @packageDocumentation
 */
import { RtcError } from '../state/errors.js';
import { type ConformanceSubject, Meeting, NO_MEDIA, type Person } from './testing/meeting.js';

export type { ConformanceSubject } from './testing/meeting.js';

export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Expected that ${what}.`);
}

/** The code of the error that `task` throws. */
function codeOf(task: () => unknown): string {
  try {
    task();
    return 'none';
  } catch (error) {
    return error instanceof RtcError ? error.code : String(error);
  }
}

/** The code of the error that `task` rejects with. */
const rejectionOf = (task: Promise<unknown>): Promise<string> =>
  task.then(
    () => 'none',
    (error: unknown) => (error instanceof RtcError ? error.code : String(error)),
  );

const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']);

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

  'encrypts what is sent, or says that it cannot': async (meeting) => {
    const [ann, ben] = [meeting.add('ann'), meeting.add('ben')];
    const [first, second] = [await makeKey(), await makeKey()];
    const keys = { keys: new Map([[0, first]]), sendWith: 0 };
    const refusal = await rejectionOf(ann.call.setEncryption({ ...keys, sendWith: 1 }));
    if (refusal === 'unsupported') return;
    expect(refusal === 'encryption-failed', 'a key that is not there is refused');
    await Promise.all([ann.call.setEncryption(keys), ben.call.setEncryption(keys)]);
    ann.call.publish('camera', meeting.subject.makeTrack('video'));
    await Promise.all([ann.call.start(), ben.call.start()]);
    meeting.announce();
    await meeting.poll('the picture is seen', () => ben.decodes('ann', 'camera'));
    const next = { keys: new Map([...keys.keys, [1, second]]), sendWith: 1 };
    await Promise.all([ben.call.setEncryption(next), ann.call.setEncryption(next)]);
    // From here on, only what is decoded later counts.
    await ben.decodes('ann', 'camera');
    await meeting.poll('it is seen with the next key', () => ben.decodes('ann', 'camera'));
    const cid = meeting.add('cid');
    await cid.call.setEncryption(keys);
    await cid.call.start();
    meeting.announce();
    await meeting.poll('it reaches a third', () => cid.receives('ann', 'camera'));
    expect(!(await cid.decodes('ann', 'camera')), 'who lacks the key sees nothing');
    await Promise.all([ann, ben].map(({ call }) => call.setEncryption(null)));
    await meeting.poll('it is seen without', () => ben.decodes('ann', 'camera'));
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

  'carries data by purpose, in order, and says when it is closed': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    const heard: (string | number)[] = [];
    const note = (word: string | number): void => {
      heard.push(word);
      meeting.changed();
    };
    const read = (data: string | ArrayBuffer): string | number =>
      typeof data === 'string' ? data : data.byteLength;
    expect(ann.call.data.readinessOf('ben', 'actions') !== 'waiting', 'nobody waits yet');
    ben.call.data.open('ann', 'files', { onMessage: (data) => note(`file ${read(data)}`) });
    ben.call.data.open('ann', 'actions', {
      onMessage: (data) => note(read(data)),
      onClose: () => note('closed'),
    });
    await meeting.until(
      'the one hears that the other waits',
      () => ann.call.data.readinessOf('ben', 'actions') === 'waiting',
    );
    let isOpen = false;
    const onOpen = (): void => {
      isOpen = true;
      meeting.changed();
    };
    const path = ann.call.data.open('ben', 'actions', { onOpen, onMessage: () => undefined });
    await meeting.until('it is open', () => isOpen);
    expect(path.send('hello') && path.send(new ArrayBuffer(1_000)), 'both are sent');
    expect(await path.headroom(), 'more may be sent');
    await meeting.until('both arrive', () => heard.length === 2);
    expect(heard.join() === 'hello,1000', 'they arrive as they were sent');
    expect(ann.call.data.readinessOf('ben', 'actions') === 'able', 'nobody waits any more');
    for (const reliability of [{ ordered: false }, { maxPacketLifeTime: 1_000 }]) {
      expect(path.send('otherwise', reliability), 'it is sent otherwise, too');
      await meeting.until('it is heard like all others', () => heard.pop() === 'otherwise');
    }
    const huge = new ArrayBuffer(100_000_000);
    const code = codeOf(() => path.send(huge));
    expect(code === 'message-too-large', 'what is too large is refused');
    const again = codeOf(() => ann.call.data.open('ben', 'actions', { onMessage: note as never }));
    expect(again === 'conflict', 'it is opened once');
    path.close();
    expect(!path.send('late') && !(await path.headroom()), 'nothing is sent after it was closed');
    ann.call.close();
    await meeting.until('its end is heard', () => heard.at(-1) === 'closed');
  },

  'opens data paths anew on a new connection': async (meeting) => {
    const [ann, ben] = await connectedPair(meeting);
    const cause = ann.call.faults.rebuild;
    if (!cause) return;
    const words: string[] = [];
    const note = (word: string): void => {
      words.push(word);
      meeting.changed();
    };
    ben.call.data.open('ann', 'actions', { onMessage: (data) => note(`got ${String(data)}`) });
    const path = ann.call.data.open('ben', 'actions', {
      onOpen: () => note('open'),
      onReset: () => note('reset'),
      onMessage: () => undefined,
    });
    await meeting.until('it is open', () => words.includes('open'));
    await cause();
    await meeting.until('it is open again', () => words.join() === 'open,reset,open');
    expect(path.send('again'), 'the same path sends');
    await meeting.until('it arrives', () => words.at(-1) === 'got again');
  },

  'knows nothing of strangers': async (meeting) => {
    const [ann] = await connectedPair(meeting);
    ann.call.restart('nobody');
    ann.call.show('nobody', 'camera', { width: 10, height: 10 });
    expect(ann.call.getTrack('nobody', 'camera') === null, 'it has no track of a stranger');
    expect(ann.call.levelOf('nobody') === undefined, 'nor a level');
    expect(ann.call.data.readinessOf('nobody', 'files') === 'none', 'it knows of no data');
    const open = (): unknown =>
      ann.call.data.open('nobody', 'files', { onMessage: () => undefined });
    expect(codeOf(open) === 'not-found', 'nor a data path');
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
