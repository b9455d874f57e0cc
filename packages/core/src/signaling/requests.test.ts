import { expect } from '@esm-bundle/chai';
import { type ChatAckMessage, type ClientMessage, LIMITS } from '@rtc-elements/protocol';
import fc from 'fast-check';

import { FakeRoomContext, outcome } from '../../../../tests/support/fake-room-context.js';
import { Outbox } from '../chat/rules/outbox.js';
import { createModeration } from '../moderation/moderation.js';
import type { RtcError } from '../state/errors.js';

const setUp = () => {
  const room = new FakeRoomContext();
  return { room, moderation: createModeration(room.requests) };
};

describe('Requests', () => {
  it('[MO-2] settles each request with its answer from the room', async () => {
    const { room, moderation } = setUp();
    const first = outcome(moderation.mute('a', 'microphone'));
    const firstRef = room.ref;
    const second = outcome(moderation.setRole('b', 'listener'));
    room.refuse('not-found');
    room.answer({ type: 'done', ref: firstRef });
    expect(await first).to.equal('done');
    expect(await second).to.equal('not-found');
    const said = room.sent.map((message) => ({ ...message, ref: '' }));
    expect(said).to.deep.equal([
      { type: 'moderate', action: 'mute', session: 'a', source: 'microphone', ref: '' },
      { type: 'moderate', action: 'role', session: 'b', role: 'listener', ref: '' },
    ]);
    expect(room.clock.pending).to.equal(0);
  });

  it('[MO-2] names every refusal, and says when to come back', async () => {
    const { room, moderation } = setUp();
    for (const [fault, code] of [
      ['forbidden', 'not-allowed'],
      ['not-found', 'not-found'],
      ['conflict', 'conflict'],
      ['rate-limited', 'flooded'],
      ['not-stored', 'host-unreachable'],
      ['bad-shape', 'protocol'],
    ] as const) {
      const verb = outcome(moderation.close());
      room.refuse(fault);
      expect(await verb, fault).to.equal(code);
    }
    const verb = moderation.close();
    room.refuse('rate-limited', 700);
    const error = await verb.catch((cause: unknown) => cause as RtcError);
    expect(error).to.include({ code: 'flooded', retryable: true, retryAfterMs: 700 });
  });

  it('settles every request with the policy "once"', async () => {
    const { room, moderation } = setUp();
    room.isReachable = false;
    expect(await outcome(moderation.lock(true))).to.equal('host-unreachable');
    room.isReachable = true;
    const lost = outcome(moderation.lock(true));
    room.requests.onUnreachable();
    expect(await lost).to.equal('host-unreachable');
    const slow = outcome(moderation.lock(true));
    room.clock.advance(10_000);
    expect(await slow).to.equal('timeout');
    const left = outcome(moderation.lock(true));
    room.requests.close();
    expect(await left).to.equal('aborted');
    expect(room.clock.pending).to.equal(0);
    expect(room.sent, 'and sends none twice').to.have.length(3);
  });

  it('[CH-5] sends a message again, under the same id, when it may have been lost', async () => {
    const { room } = setUp();
    const message = { type: 'chat.send', id: 'm', text: 'hi' } as const;
    const answer = room.requests.ask(message, 'until-answered');
    expect(room.requests.isUnderWay('m')).to.equal(true);
    room.requests.onUnreachable();
    expect(room.requests.isUnderWay('m'), 'out of reach').to.equal(false);
    room.clock.advance(60_000);
    expect(room.sent).to.have.length(1);
    room.requests.onWelcome();
    room.clock.advance(10_000);
    room.refuse('not-stored', 500);
    room.clock.advance(500);
    expect(room.sent).to.deep.equal([message, message, message, message]);
    room.answer({ type: 'chat.ack', id: 'm', seq: 1, at: 1 });
    expect((await answer).seq).to.equal(1);
    expect(room.clock.pending).to.equal(0);
  });

  it('calls nobody about a request that was withdrawn', () => {
    const { room } = setUp();
    const heard: unknown[] = [];
    const handlers = { onAnswer: heard.push.bind(heard), onError: heard.push.bind(heard) };
    room.isReachable = false;
    room.requests.start({ type: 'chat.send', id: 'm', text: 'hi' }, 'until-answered', handlers);
    room.requests.withdraw('m');
    room.isReachable = true;
    room.requests.onWelcome();
    room.answer({ type: 'chat.ack', id: 'm', seq: 1, at: 1 });
    room.requests.close();
    expect([heard, room.sent]).to.deep.equal([[], []]);
  });

  it('[CH-5] delivers every message once and in order over a connection with random loss (seed 5)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('write', 'lose', 'return', 'ack'), { maxLength: 200 }),
        (steps) => {
          const { room } = setUp();
          const outbox = new Outbox();
          const stored: string[] = [];
          let written = 0;
          let heard = 0;
          const flush = (): void => {
            const item = outbox.next(1);
            if (!item) return;
            room.requests.start({ type: 'chat.send', ...item }, 'until-answered', {
              onAnswer: ({ id }: ChatAckMessage) => {
                outbox.remove(id);
                flush();
              },
              onError: (error) => expect.fail(error.message),
            });
          };
          /** The room stores a message once and acknowledges it each time it arrives (CH-1). */
          const acknowledge = (): void => {
            const message = room.sent[heard] as Extract<ClientMessage, { type: 'chat.send' }>;
            heard += 1;
            if (!stored.includes(message.id)) stored.push(message.id);
            room.answer({ type: 'chat.ack', id: message.id, seq: stored.length, at: 0 });
          };
          const setReachable = (is: boolean): void => {
            if (is === room.isReachable) return;
            room.isReachable = is;
            // What was on the wire is gone.
            heard = room.sent.length;
            if (is) room.requests.onWelcome();
            else room.requests.onUnreachable();
          };
          for (const step of steps) {
            if (step === 'write') {
              if (outbox.add({ id: `id-${written}`, text: 'x' })) written += 1;
              flush();
            } else if (step === 'ack') {
              if (heard < room.sent.length) acknowledge();
            } else setReachable(step === 'return');
          }
          setReachable(true);
          while (heard < room.sent.length) acknowledge();
          expect(stored).to.deep.equal(Array.from({ length: written }, (_, n) => `id-${n}`));
          expect(outbox.size).to.equal(0);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
    expect(LIMITS.outboxMessages).to.be.at.least(200);
  });
});
