// What loads where files are sent, offered, or shown in a chat.
import { LazyElements } from './lazy-elements.js';

export const lazyFiles = new LazyElements(
  ['rtc-files', 'rtc-file-cards'],
  () => import('./files.js'),
);
