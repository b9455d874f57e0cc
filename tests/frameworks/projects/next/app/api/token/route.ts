import { createToken } from '@rtc-elements/party/token';

export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const user = query.get('user') ?? '';
  const token = await createToken({
    secret: process.env.TOKEN_SECRET ?? '',
    room: query.get('room') ?? '',
    user,
    name: user,
  });
  return new Response(token);
}
