/** What a browser is and what it can do, as far as calls depend on it. */
import { isPageHidden } from '../support/is-page-hidden.js';
import type { Diagnostics } from './diagnostics.js';
import { pickFacts } from './facts.js';

/** Each is a global name, or a member of the objects of a global class. */
const ABILITIES = [
  'RTCPeerConnection',
  'RTCRtpScriptTransform',
  'RTCRtpSender.setStreams',
  'RTCRtpReceiver.getSynchronizationSources',
  'Navigator.mediaDevices',
  'MediaDevices.getDisplayMedia',
  'HTMLMediaElement.setSinkId',
  'AudioContext',
];

export function browserFacts(): Diagnostics['browser'] {
  const page = globalThis as Partial<typeof globalThis>;
  const { navigator, isSecureContext } = page;
  return {
    userAgent: navigator?.userAgent ?? '',
    page: {
      isSecureContext: isSecureContext ?? false,
      isHidden: isPageHidden(),
      isEmbedded: page.window !== undefined && page.window !== page.window.top,
      ...pickFacts(navigator ?? {}, 'onLine hardwareConcurrency deviceMemory'),
      ...pickFacts(
        (navigator as { connection?: object } | undefined)?.connection ?? {},
        'effectiveType',
      ),
    },
    abilities: Object.fromEntries(ABILITIES.map((path) => [path, isThere(path)])),
    codecs: [...new Set(codecs())],
  };
}

function isThere(path: string): boolean {
  const [name = '', member] = path.split('.');
  const found = (globalThis as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== 'function' || member === undefined) return typeof found === 'function';
  return member in (found.prototype as object);
}

function codecs(): readonly string[] {
  const { RTCRtpReceiver: Receiver } = globalThis as Partial<typeof globalThis>;
  return (['audio', 'video'] as const).flatMap(
    (kind) => Receiver?.getCapabilities(kind)?.codecs.map(({ mimeType }) => mimeType) ?? [],
  );
}
