import { expect } from '@esm-bundle/chai';

import { RtcError } from '../state/errors.js';
import { requestPeople } from './request-people.js';

const real = globalThis.fetch;
const asked: string[] = [];
let headers: HeadersInit | undefined;

/** Answers the next request with the result of `make`. */
function answer(make: () => Response): void {
  globalThis.fetch = (input, init) => {
    asked.push(input as string);
    headers = init?.headers;
    return new Promise((resolve) => {
      resolve(make());
    });
  };
}

const codeOf = async (signal?: AbortSignal): Promise<string> =>
  requestPeople({ host: 'example.com', room: 'r', ...(signal && { signal }) }).then(
    () => 'fine',
    (error: unknown) => (error instanceof RtcError ? error.code : String(error)),
  );

describe('peekRoom', () => {
  afterEach(() => {
    globalThis.fetch = real;
  });

  it('tells how many are in a room, and their names', async () => {
    answer(() => Response.json({ count: 2, names: ['Ann', 'Ben'], extra: true }));
    const people = await requestPeople({ host: 'example.com', room: 'r' });
    expect(people).to.deep.equal({ count: 2, names: ['Ann', 'Ben'] });
    expect(asked.at(-1)).to.equal('https://example.com/parties/room/r/people');
    answer(() => Response.json({ count: 1, names: [], inCall: 8, meshMembers: 8 }));
    const full = await requestPeople({ host: 'example.com', room: 'r' });
    expect(full).to.deep.equal({ count: 1, names: [], inCall: 8, meshMembers: 8 });
    answer(() => Response.json({ count: 1, names: [], inCall: '8', meshMembers: null }));
    const odd = await requestPeople({ host: 'example.com', room: 'r' });
    expect(odd).to.deep.equal({ count: 1, names: [] });
  });

  it('says what went wrong', async () => {
    answer(() => new Response('', { status: 403 }));
    expect(await codeOf()).to.equal('forbidden');
    // Too many requests of one address (LI-6).
    answer(() => new Response('{"error":"rate-limited"}', { status: 429 }));
    expect(await codeOf()).to.equal('flooded');
    for (const body of ['', '[]', 'null', '{"count":"2","names":[]}', '{"count":1,"names":[2]}']) {
      answer(() => new Response(body));
      expect(await codeOf(), body).to.equal('host-unreachable');
    }
    answer(() => new Response('{}', { status: 500 }));
    expect(await codeOf()).to.equal('host-unreachable');
    answer(() => {
      throw new TypeError('Failed to fetch');
    });
    expect(await codeOf()).to.equal('host-unreachable');
    expect(await codeOf(AbortSignal.abort())).to.equal('aborted');
  });

  it('is taken back while a provider of tokens never answers', async () => {
    const stop = new AbortController();
    const tokenProvider = (): Promise<string> => new Promise(() => undefined);
    const options = { host: 'example.com', room: 'r', signal: stop.signal, tokenProvider };
    const count = asked.length;
    const people = requestPeople(options).catch((error: unknown) => error);
    stop.abort();
    expect(await people).to.include({ code: 'aborted' });
    expect(asked.length).to.equal(count);
  });

  it('[EN-7] sends the token in a header, and says when it is refused', async () => {
    const place = { host: 'example.com', room: 'r' };
    answer(() => Response.json({ count: 0, names: [] }));
    await requestPeople({ ...place, token: 'old', tokenProvider: async () => 'fresh' });
    expect(headers).to.deep.equal({ authorization: 'Bearer fresh' });
    await requestPeople({ ...place, token: 'old' });
    expect(headers).to.deep.equal({ authorization: 'Bearer old' });
    await requestPeople(place);
    expect(headers).to.deep.equal({});
    for (const [status, body, code] of [
      [401, '', 'auth'],
      [401, '{"error":"token-missing"}', 'token-missing'],
      [401, '{"error":"token-expired","detail":"…"}', 'token-expired'],
      [401, '{"error":{}}', 'auth'],
      [401, '[null]', 'auth'],
      [403, '{"error":"wrong-room"}', 'token-wrong-room'],
      [403, '{"error":"origin"}', 'bad-origin'],
      [403, '{"error":"forbidden"}', 'forbidden'],
    ] as const) {
      answer(() => new Response(body, { status }));
      expect(await codeOf(), body).to.equal(code);
    }
    const failing = requestPeople({
      ...place,
      tokenProvider: () => Promise.reject(new Error('no')),
    });
    const error = await failing.catch((cause: unknown) => cause as RtcError);
    expect(error).to.include({ code: 'auth', retryable: true });
  });
});
