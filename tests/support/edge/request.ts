// One HTTP request to the edge, sent as it stands: `fetch` would tidy the path and guard the headers.
import { request } from 'node:http';

import type { Edge } from './edge.js';

const ANSWER_MS = 15_000;

export interface EdgeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** `error` of a JSON body. */
  readonly error: string;
}

export function ask(
  edge: Edge,
  path: string,
  { method = 'GET', headers = {}, body }: EdgeRequest = {},
): Promise<EdgeAnswer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_MS);
    // A connection of its own: a host may close the one on which it answered without reading a body.
    const agent = false;
    const target = { host: '127.0.0.1', port: edge.port, path, method, headers, signal, agent };
    const outgoing = request(target, (response) => {
      let text = '';
      response.on('data', (data) => (text += String(data)));
      response.on('end', () => {
        const error = /"error":"([^"]*)"/.exec(text)?.[1] ?? '';
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, error });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
