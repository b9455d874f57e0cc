// URLs in the variables of a deployment.
import { isLoopbackHost } from '../edge/rules/loopback.js';
import type { VariableName, VariableReader } from './rules/variables.js';

/** The URL that `text` is; `null` if it is none. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** A URL to which secrets may travel: encrypted, or on this machine. `null`, with a complaint, if not. */
export function readSafeUrl(reader: VariableReader, name: VariableName, fallback = ''): URL | null {
  const url = parseUrl(reader.text(name) || fallback);
  if (url && isSafe(url)) return url;
  reader.complain(`${name} must be an https: address, or one on loopback`);
  return null;
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
