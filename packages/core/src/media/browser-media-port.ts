/** The default MediaPort: the browser's devices. No other file names `mediaDevices`. */
import type { MediaPort } from '../ports.js';
import { RtcError } from '../state/errors.js';
import { INSECURE } from './media-errors.js';

/** Absent on pages that are not secure, and outside a browser. */
const devices = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices;

/** Fails as a browser would, with a name; `media-errors` has the message. */
function refuse(name: string): never {
  throw new DOMException('', name);
}

function requireDevices(): MediaDevices {
  const found = devices();
  if (found) return found;
  if (typeof document === 'undefined') {
    throw new RtcError('unsupported', 'There are no devices here. Pass some as "ports.media".');
  }
  return refuse(globalThis.isSecureContext ? 'NotSupportedError' : INSECURE);
}

/** Only Chromium tells, and it alone reports a policy in the same words as a person's refusal. */
const isForbidden = (feature: 'camera' | 'microphone'): boolean => {
  const page = globalThis.document as
    { readonly featurePolicy?: { allowsFeature(name: string): boolean } } | undefined;
  return page?.featurePolicy?.allowsFeature(feature) === false;
};

export const browserMedia: MediaPort = {
  async getUserMedia(constraints) {
    const found = requireDevices();
    const { audio, video } = constraints;
    if ((audio && isForbidden('microphone')) || (video && isForbidden('camera'))) {
      refuse('SecurityError');
    }
    return found.getUserMedia(constraints);
  },
  async getDisplayMedia(options) {
    const found = requireDevices();
    if (typeof found.getDisplayMedia !== 'function') refuse('NotSupportedError');
    return found.getDisplayMedia(options);
  },
  enumerateDevices: async () => (await devices()?.enumerateDevices()) ?? [],
  onDeviceChange(task) {
    const found = devices();
    found?.addEventListener('devicechange', task);
    return () => found?.removeEventListener('devicechange', task);
  },
};
