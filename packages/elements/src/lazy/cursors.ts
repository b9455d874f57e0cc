// The pointers of the others.
import { RtcCursors } from '../cursors/rtc-cursors.js';

/** By tag. */
export const elements = { 'rtc-cursors': RtcCursors };
