import { expect } from '@esm-bundle/chai';

import { createDeferred } from '../../support/deferred.js';
import { type ChannelHandlers, DataChannel, type WaterMarks } from './data-channel.js';
import { PeerChannels } from './peer-channels.js';

/** Those of channels whose window no test fills by chance. */
const USUAL_MARKS: WaterMarks = { high: 1_048_576, low: 262_144 };

/** Connects two connections of this page to each other. */
async function connect(a: RTCPeerConnection, b: RTCPeerConnection): Promise<void> {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.onicecandidate = ({ candidate }) => {
      if (to.signalingState !== 'closed') void to.addIceCandidate(candidate ?? undefined);
    };
  }
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription!);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription!);
}

/** A channel, with what it has reported. */
class Heard implements ChannelHandlers {
  readonly words: string[] = [];
  channel: DataChannel | null = null;
  #look = (): void => undefined;

  onOpen(): void {
    this.#note('open');
  }

  onMessage(data: unknown): void {
    this.#note(data instanceof ArrayBuffer ? `${data.byteLength} bytes` : String(data));
  }

  onClose(): void {
    this.#note('close');
  }

  onReset(): void {
    this.#note('reset');
  }

  /** Resolves once `word` was reported, `times` in all. */
  async until(word: string, times = 1): Promise<void> {
    while (this.words.filter((one) => one === word).length < times) {
      const heard = createDeferred<undefined>();
      this.#look = () => heard.resolve(undefined);
      await heard.promise;
    }
  }

  #note(word: string): void {
    this.words.push(word);
    this.#look();
  }
}

class Side {
  readonly channels = new PeerChannels();
  pc = new RTCPeerConnection();

  constructor() {
    this.channels.connect(this.pc);
  }

  open(purpose: string, id: number, marks = USUAL_MARKS): Heard {
    const heard = new Heard();
    heard.channel = new DataChannel(this.channels, purpose, { id, marks }, heard);
    return heard;
  }

  /** Replaces the connection, as a link does. */
  renew(): void {
    this.channels.disconnect();
    this.close();
    this.pc = new RTCPeerConnection();
    this.channels.connect(this.pc);
  }

  close(): void {
    this.pc.onicecandidate = null;
    this.pc.close();
  }
}

/** Sends more than may be buffered, in one task, during which nothing is sent out. */
function fill(channel: DataChannel | null): void {
  for (let chunk = 0; chunk < 20; chunk += 1) channel?.send(new ArrayBuffer(65_536));
}

/** Whether `promise` waits for anything but other promises. */
async function isPending(promise: Promise<unknown> | undefined): Promise<boolean> {
  let isSettled = false;
  void promise?.then(() => (isSettled = true));
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  return !isSettled;
}

describe('PeerChannels', () => {
  let a: Side;
  let b: Side;

  beforeEach(() => {
    [a, b] = [new Side(), new Side()];
  });

  afterEach(() => {
    for (const side of [a, b]) side.close();
  });

  it('opens a channel for each purpose, which sends text and bytes', async () => {
    const [words, files] = [a.open('words', 0), a.open('files', 1)];
    const [theirWords, theirFiles] = [b.open('words', 0), b.open('files', 1)];
    expect(words.channel?.send('too early')).to.equal(false);
    await connect(a.pc, b.pc);
    await Promise.all([words.until('open'), files.until('open')]);
    expect(words.channel?.send('hello')).to.equal(true);
    expect(files.channel?.send(new ArrayBuffer(3))).to.equal(true);
    await Promise.all([theirWords.until('hello'), theirFiles.until('3 bytes')]);
    expect(theirWords.words).to.deep.equal(['open', 'hello']);
    expect(theirFiles.words).to.deep.equal(['open', '3 bytes']);
  });

  it('makes each channel anew on a new connection, and reports the reset', async () => {
    const [ours, theirs] = [a.open('words', 0), b.open('words', 0)];
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open'), theirs.until('open')]);
    a.renew();
    b.renew();
    expect(ours.channel?.send('too early')).to.equal(false);
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open', 2), theirs.until('open', 2)]);
    expect(ours.words).to.deep.equal(['open', 'reset', 'open']);
    ours.channel?.send('hello again');
    await theirs.until('hello again');
  });

  it('reports that a channel has closed by itself', async () => {
    const [ours, theirs] = [a.open('words', 0), b.open('words', 0)];
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open'), theirs.until('open')]);
    b.close();
    await ours.until('close');
    expect(ours.channel?.send('nobody there')).to.equal(false);
    expect(await ours.channel?.headroom()).to.equal(false);
  });

  it('makes senders wait once too much is buffered for their purpose, and no others', async () => {
    const files = a.open('files', 1, { high: 131_072, low: 65_536 });
    const words = a.open('words', 0);
    const theirs = b.open('files', 1);
    b.open('words', 0);
    await connect(a.pc, b.pc);
    await Promise.all([files.until('open'), words.until('open')]);
    expect(await words.channel?.headroom()).to.equal(true);
    fill(files.channel);
    const next = files.channel?.headroom();
    expect(await isPending(next)).to.equal(true);
    expect(await isPending(words.channel?.headroom())).to.equal(false);
    expect(words.channel?.send('a word goes all the same')).to.equal(true);
    expect(await next).to.equal(true);
    await theirs.until('65536 bytes', 20);
  });

  it('sends in the way that the sender wishes; the receiver hears all of it alike', async () => {
    const ours = a.open('words', 101);
    const theirs = b.open('words', 101);
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open'), theirs.until('open')]);
    const ways = [{ ordered: false, maxRetransmits: 0 }, { maxPacketLifeTime: 500 }, {}];
    for (const [number, way] of ways.entries()) {
      expect(ours.channel?.send(`way ${number}`, way)).to.equal(true);
      expect(theirs.channel?.send(`back ${number}`, way)).to.equal(true);
    }
    for (const number of ways.keys()) {
      await theirs.until(`way ${number}`);
      await ours.until(`back ${number}`);
    }
    a.renew();
    b.renew();
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open', 2), theirs.until('open', 2)]);
    ours.channel?.send('anew', ways[0]);
    await theirs.until('anew');
  });

  it('opens no more than eight channels for other ways, and takes no more', async () => {
    const ours = a.open('words', 101);
    const theirs = b.open('words', 101);
    let taken = 0;
    await connect(a.pc, b.pc);
    await Promise.all([ours.until('open'), theirs.until('open')]);
    b.pc.addEventListener('datachannel', () => (taken += 1));
    for (let life = 1; life <= 20; life += 1) {
      ours.channel?.send(`life ${life}`, { maxPacketLifeTime: life * 1_000 });
    }
    for (let life = 1; life <= 20; life += 1) await theirs.until(`life ${life}`);
    expect(taken).to.equal(8);
    const intruder = a.pc.createDataChannel('nothing of ours');
    const closed = createDeferred<undefined>();
    intruder.onclose = () => closed.resolve(undefined);
    await closed.promise;
  });

  it('ends the wait when the connection is replaced', async () => {
    const files = a.open('files', 1);
    b.open('files', 1);
    await connect(a.pc, b.pc);
    await files.until('open');
    fill(files.channel);
    const headroom = files.channel?.headroom();
    a.renew();
    expect(await headroom).to.equal(false);
  });
});
