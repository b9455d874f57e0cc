/**
 * How tests start browsers: fake camera and microphone, no questions, no network but this machine.
 */

/** Chromium's arguments. As root, and in containers, it has no sandbox of its own. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-features=WebRtcHideLocalIpsWithMdns,MediaRouter,OptimizationHints',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream=device-count=2,fps=30',
  '--use-fake-ui-for-media-stream',
  '--mute-audio',
];

/** Firefox's preferences. Host addresses stay plain, since nobody answers mDNS in a container. */
export const firefoxPrefs = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
  'media.autoplay.default': 0,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};
