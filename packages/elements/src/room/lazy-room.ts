// What loads separately from `<rtc-room>`, with the tags that a page may use directly.
import { LazyElements } from '../lazy/lazy-elements.js';
import { lazyFiles } from '../lazy/lazy-files.js';

export const lazyRoom = {
  files: lazyFiles,
  interface: new LazyElements(
    [
      'rtc-announcer',
      'rtc-controls',
      'rtc-grid',
      'rtc-notices',
      'rtc-notifications',
      'rtc-player',
      'rtc-talk-key',
      'rtc-tile',
    ],
    () => import('../lazy/interface.js'),
  ),
  screens: new LazyElements(
    ['rtc-leaving', 'rtc-level-meter', 'rtc-lobby', 'rtc-network-check', 'rtc-waiting'],
    () => import('../lazy/screens.js'),
  ),
  cursors: new LazyElements(['rtc-cursors'], () => import('../lazy/cursors.js')),
  panels: new LazyElements(['rtc-participants', 'rtc-stats'], () => import('../lazy/panels.js')),
};
