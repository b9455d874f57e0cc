import { expect } from '@esm-bundle/chai';

import { FakeClock } from '../../../../tests/support/fake-clock.js';
import type { CheckOptions } from '../api/options.js';
import { checkNetwork } from './check-network.js';
import { RtcError } from '../state/errors.js';
import type { SocketFactory } from '../ports.js';
import type { NetworkReport } from './rules/network-report.js';

/** What a fake server does with a request; the name in its URL says which. */
type Play = 'answers' | 'refuses' | 'is-full' | 'is-deaf' | 'is-silent' | 'throws' | 'fails';

/** A peer connection that behaves as its server's name says, as far as a check can see. */
class FakeLink extends EventTarget {
  static readonly made: FakeLink[] = [];
  isClosed = false;
  readonly #clock: FakeClock;
  readonly #url: string;

  constructor(clock: FakeClock, { iceServers }: RTCConfiguration) {
    super();
    this.#clock = clock;
    this.#url = String(iceServers?.[0]?.urls);
    if (this.#url.includes('throws')) throw new SyntaxError('no such scheme');
    FakeLink.made.push(this);
  }

  createDataChannel(): EventTarget {
    return new EventTarget();
  }

  async setLocalDescription(): Promise<void> {
    if (this.#url.includes('fails')) throw new TypeError('no descriptions today');
    this.#clock.setTimer(30, () => this.#play());
  }

  close(): void {
    this.isClosed = true;
  }

  #play(): void {
    const say = (type: string, rest: object): boolean =>
      this.dispatchEvent(Object.assign(new Event(type), rest));
    const candidate = (text: string): boolean =>
      say('icecandidate', {
        candidate: { candidate: `candidate:1 1 udp 1 10.0.0.1 9 typ ${text}` },
      });
    candidate('host');
    if (this.#url.includes('answers')) candidate(this.#url.startsWith('turn') ? 'relay' : 'srflx');
    if (this.#url.includes('refuses')) say('icecandidateerror', { errorCode: 401 });
    if (this.#url.includes('is-full')) say('icecandidateerror', { errorCode: 486 });
    if (this.#url.includes('is-deaf')) say('icecandidateerror', { errorCode: 701 });
    if (!this.#url.includes('is-silent')) say('icecandidate', { candidate: null });
  }
}

/** A room's socket that answers a ping after 20 ms, closes with a code, or stays silent. */
const socketThat =
  (clock: FakeClock, does: 'answers' | 'is-silent' | number, said: string[]): SocketFactory =>
  (getTarget, handlers) => {
    // If the address cannot be resolved, the attempt fails; these tests do not need to know.
    void getTarget().then(
      ({ url }) => said.push(url),
      () => undefined,
    );
    clock.setTimer(10, () => {
      if (does === 'is-silent') return;
      if (typeof does === 'number') {
        return handlers.onClose({ code: does, reason: '', willRetry: true });
      }
      handlers.onOpen();
    });
    return {
      send: (text) => {
        said.push(text);
        clock.setTimer(20, () => handlers.onMessage('{"type":"pong"}'));
        return true;
      },
      reconnect: () => undefined,
      close: (code) => said.push(`close ${code}`),
    };
  };

const realFetch = globalThis.fetch;

/** The HTTP requests that the room received. */
const asked: { readonly url: string; readonly headers: unknown; readonly signal: AbortSignal }[] =
  [];

/** Makes the room answer requests for its servers with the result of `says`. */
function roomSays(says: () => unknown): void {
  asked.length = 0;
  globalThis.fetch = async (input, init) => {
    const { headers, signal } = init as { headers: HeadersInit; signal: AbortSignal };
    asked.push({ url: input as string, headers, signal });
    const told = await says();
    return { json: async () => told } as Response;
  };
}

interface Setup extends Partial<CheckOptions> {
  readonly servers?: readonly `${'stun' | 'turn' | 'turns' | 'foo'}:${Play}`[];
  readonly socket?: 'answers' | 'is-silent' | number;
}

function check({ servers = [], socket = 'answers', ...over }: Setup = {}) {
  const clock = new FakeClock();
  const said: string[] = [];
  const report = checkNetwork({
    host: 'example.com',
    room: 'r',
    iceServers: servers.map((urls) => ({ urls })),
    ports: {
      clock,
      openSocket: socketThat(clock, socket, said),
      createPeerConnection: (configuration) =>
        new FakeLink(clock, configuration) as unknown as RTCPeerConnection,
    },
    ...over,
  });
  /** Waits until the module has loaded and set its first timer; the clock matters only then. */
  const begun = async (): Promise<void> => {
    while (clock.pending === 0) await import('./preflight.js');
  };
  const run = async (ms: number): Promise<NetworkReport> => {
    await begun();
    await clock.advanceAsync(ms);
    return report;
  };
  return { clock, said, report, begun, run };
}

const told = ({ servers }: NetworkReport): unknown[] =>
  servers.map(({ url, isReachable, tookMs, problem }) => [url, isReachable ? tookMs : problem]);

describe('checkNetwork', () => {
  beforeEach(() => {
    FakeLink.made.length = 0;
    // As a room does that does not know the request.
    roomSays(() => ({ error: 'not-found', detail: '' }));
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
  });

  it('[EN-3] pings the room before any hello, then closes the socket', async () => {
    const { said, run, clock } = check({ token: 'pass' });
    const { room, servers, relay, quality } = await run(100);
    expect({ room, servers, relay, quality }).to.deep.equal({
      room: { isReachable: true, rttMs: 20 },
      servers: [],
      relay: null,
      quality: 'good',
    });
    expect(said).to.have.members([
      'wss://example.com/parties/room/r?token=pass',
      '{"type":"ping"}',
      'close 1000',
    ]);
    expect(clock.pending).to.equal(0);
  });

  it('distinguishes a room that refuses from one that cannot be reached', async () => {
    const refused = await check({ socket: 4401 }).run(100);
    expect(refused.room).to.deep.equal({ isReachable: true, rttMs: null });
    const broken = await check({ socket: 1006 }).run(100);
    expect(broken.room).to.deep.equal({ isReachable: false, rttMs: null });
    const silent = await check({ socket: 'is-silent' }).run(6_000);
    expect([silent.quality, silent.problem]).to.deep.equal(['poor', 'room-unreachable']);
  });

  it('tests every URL by itself, whatever the others do', async () => {
    const { run } = check({
      servers: [
        'stun:answers',
        'turn:refuses',
        'turn:is-full',
        'turns:is-deaf',
        'stun:is-silent',
        'foo:throws',
        'turn:fails',
      ],
    });
    const report = await run(6_000);
    expect(told(report)).to.deep.equal([
      ['stun:answers', 30],
      ['turn:refuses', 'refused'],
      ['turn:is-full', 'full'],
      ['turns:is-deaf', 'unreachable'],
      ['stun:is-silent', 'unreachable'],
      ['foo:throws', 'invalid'],
      ['turn:fails', 'invalid'],
    ]);
    expect([report.quality, report.problem]).to.deep.equal(['fair', 'relay-refused']);
  });

  it('[EN-9] asks the room for its servers first, and adds those of the page', async () => {
    const iceServers = [{ urls: ['stun:answers', 'turn:refuses'], username: 'u', credential: 'c' }];
    roomSays(() => ({ iceServers, iceTtlMs: 60_000 }));
    const { run } = check({
      servers: ['stun:is-deaf'],
      token: 'old',
      tokenProvider: async () => 'fresh',
    });
    expect(told(await run(100))).to.deep.equal([
      ['stun:answers', 30],
      ['turn:refuses', 'refused'],
      ['stun:is-deaf', 'unreachable'],
    ]);
    expect(asked.map(({ url, headers }) => [url, headers])).to.deep.equal([
      ['https://example.com/parties/room/r/ice', { authorization: 'Bearer fresh' }],
    ]);
  });

  for (const [what, says] of [
    ['refuses to tell', () => ({ error: 'rate-limited', detail: 'too many' })],
    ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['names none', () => ({ iceServers: [] })],
    ['names what is none', () => ({ iceServers: [null, 7, { urls: [{}] }] })],
    ['says null', () => null],
  ] as const) {
    it(`[EN-9] checks the servers of the page alone when the room ${what}`, async () => {
      roomSays(says);
      expect(told(await check({ servers: ['stun:answers'] }).run(100))).to.deep.equal([
        ['stun:answers', 30],
      ]);
    });
  }

  it('[EN-9] waits at most 4 s for the servers of the room', async () => {
    roomSays(() => new Promise(() => undefined));
    const { run, clock } = check({ servers: ['stun:answers'] });
    expect(told(await run(4_100))).to.deep.equal([['stun:answers', 30]]);
    expect([asked[0]?.signal.aborted, clock.pending]).to.deep.equal([true, 0]);
  });

  it('[EN-9] needs no token to check the servers of the page', async () => {
    const tokenProvider = () => Promise.reject(new Error('no backend'));
    const { run } = check({ servers: ['stun:answers'], tokenProvider });
    expect(told(await run(100))).to.deep.equal([['stun:answers', 30]]);
    expect(asked).to.deep.equal([]);
  });

  it('says how each URL is reached', async () => {
    const urls = [
      'turn:a?transport=udp',
      'turn:a?transport=tcp',
      'TURNS:a',
      'stuns:a',
      'stun:a',
      'turn:a',
    ];
    const { run } = check({ iceServers: [{ urls }] });
    const { servers } = await run(6_000);
    expect(servers.map(({ kind, transport }) => `${kind} ${transport}`)).to.deep.equal([
      'turn udp',
      'turn tcp',
      'turn tls',
      'stun tls',
      'stun udp',
      'turn udp',
    ]);
  });

  it('ignores lists that are not lists, and servers beyond the most a room may name', async () => {
    const odd = [
      null,
      {},
      { urls: 7 },
      { urls: [null, 'stun:answers'] },
    ] as unknown as RTCIceServer[];
    expect(told(await check({ iceServers: odd }).run(100))).to.deep.equal([['stun:answers', 30]]);
    const many = { urls: Array.from({ length: 500 }, () => 'stun:answers') };
    expect((await check({ iceServers: [many] }).run(100)).servers).to.have.lengthOf(16);
  });

  it('counts a STUN server as reached when it reports no new address', async () => {
    // As on a machine with a public address.
    const { run } = check({ iceServers: [{ urls: 'stun:open' }] });
    expect(told(await run(100))).to.deep.equal([['stun:open', 30]]);
  });

  it('reports that a relay carries nothing when it answers but lets nothing through', async () => {
    const { run } = check({ servers: ['turn:answers'] });
    const report = await run(20_000);
    expect([report.relay, report.quality, report.problem]).to.deep.equal([
      null,
      'fair',
      'relay-unreachable',
    ]);
  });

  it('closes every connection it made', async () => {
    const { run, clock } = check({
      servers: ['stun:answers', 'turn:answers', 'turn:refuses', 'stun:is-silent', 'turn:fails'],
    });
    await run(20_000);
    expect(FakeLink.made.length).to.be.greaterThan(5);
    expect(FakeLink.made.every(({ isClosed }) => isClosed)).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('rejects with `aborted`, before and during the check, and leaves nothing behind', async () => {
    const codeOf = (report: Promise<unknown>): Promise<string> =>
      report.then(
        () => 'fine',
        (error: unknown) => (error instanceof RtcError ? error.code : String(error)),
      );
    expect(await codeOf(check({ signal: AbortSignal.abort() }).report)).to.equal('aborted');
    const stop = new AbortController();
    const { clock, said, report, begun } = check({
      servers: ['stun:is-silent', 'turn:is-silent'],
      socket: 'is-silent',
      signal: stop.signal,
    });
    const code = codeOf(report);
    await begun();
    await clock.advanceAsync(100);
    stop.abort();
    expect(await code).to.equal('aborted');
    await clock.advanceAsync(0);
    expect(FakeLink.made.every(({ isClosed }) => isClosed)).to.equal(true);
    expect(said).to.include('close 1000');
  });

  it('says what is wrong with the address of a room', async () => {
    const error = await checkNetwork({ host: 'example.com', room: 'no spaces' }).catch(
      (cause: unknown) => cause,
    );
    expect((error as RtcError).code).to.equal('bad-room-name');
  });
});
