// The part with what stands in the panels: the inside of the chat, and who is here.
import { RtcParticipants } from '../participants/rtc-participants.js';
import { chatElements } from './chat-elements.js';

/** By tag. */
export const elements = { ...chatElements, 'rtc-participants': RtcParticipants };
