import { createToken } from '@rtc-elements/party/token';
import rooms, { type WorkerEnv } from '@rtc-elements/party/worker';

export { AddressLimits, PartyServerRoom } from '@rtc-elements/party/worker';

interface Env extends WorkerEnv {
  readonly TOKEN_SECRET: string;
}

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/api/token') {
      // Here you know who somebody is, for example by a cookie of yours.
      const user = searchParams.get('user') ?? '';
      const room = searchParams.get('room') ?? '';
      const secret = env.TOKEN_SECRET;
      return new Response(await createToken({ secret, room, user, name: user }));
    }
    return rooms.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
