// Tokens as a backend makes them, and as nobody should.
import { createServer, type Server } from 'node:http';

import {
  exportJWK,
  generateKeyPair,
  type GenerateKeyPairResult,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

export const TOKEN_SECRET = 'a secret of a test, known to anybody who reads it';
export const SERVER_KEY = 'another-secret-of-a-test-for-the-backend-only';

/** Seconds from now, as claims count them. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** `undefined`: without the claim. */
export type Claims = Readonly<Record<string, unknown>>;

/** Claims that are fine for `room`. */
export const claimsFor = (room: string, changes: Claims = {}): JWTPayload => ({
  sub: 'mallory',
  aud: 'rtc-elements',
  room,
  iat: inSeconds(0),
  exp: inSeconds(600),
  ...changes,
});

type SigningKey = GenerateKeyPairResult['privateKey'] | Uint8Array;

/** Any claims, under any header, by any key. */
export const sign = (
  claims: JWTPayload,
  key: SigningKey = new TextEncoder().encode(TOKEN_SECRET),
  header: { readonly alg: string; readonly kid?: string; readonly jwk?: JWK } = { alg: 'HS256' },
): Promise<string> => new SignJWT(claims).setProtectedHeader({ ...header }).sign(key);

/** Text as a part of a token. */
export const partOf = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** An identity provider: one key pair, and a server that publishes its public half. */
export class KeyServer {
  readonly keys: GenerateKeyPairResult;
  readonly algorithm: string;
  /** How often the keys were asked for. */
  asked = 0;
  readonly #server: Server;

  private constructor(keys: GenerateKeyPairResult, algorithm: string, jwks: string) {
    this.keys = keys;
    this.algorithm = algorithm;
    this.#server = createServer((_request, response) => {
      this.asked += 1;
      response.setHeader('content-type', 'application/json');
      response.end(jwks);
    });
  }

  static async start(algorithm: string): Promise<KeyServer> {
    const keys = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', use: 'sig' };
    const server = new KeyServer(keys, algorithm, JSON.stringify({ keys: [jwk] }));
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}/keys`;
  }

  sign(claims: JWTPayload): Promise<string> {
    return sign(claims, this.keys.privateKey, { alg: this.algorithm, kid: 'one' });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
