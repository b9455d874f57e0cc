/** The browser's devices: the default MediaPort, and the only place that names `mediaDevices`. */
import type { MediaPort } from '../ports.js';
import { INSECURE } from './media-errors.js';

/** Absent in a page that is not secure, and outside a browser. */
const devices = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices;

/** As a browser would: named only, `media-errors` has the words. */
function refuse(name: string): never {
  throw new DOMException('', name);
}

function requireDevices(): MediaDevices {
  return devices() ?? refuse(globalThis.isSecureContext ? 'NotSupportedError' : INSECURE);
}

/** Only Chromium tells, and it alone answers a policy with the same words as a person's no. */
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
