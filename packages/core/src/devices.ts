/** What becomes of our devices after they were opened, and our screen: fetched with the first of them. */
export { DeviceWatch } from './media/device-watch.js';
export { ScreenShare } from './media/screen-share.js';
