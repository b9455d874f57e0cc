// What the types refuse. Without types, or with wrong ones, these lines would be no errors, and the check would fail.
import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Markup = SvelteHTMLElements['rtc-room'];

export const wrong: readonly Markup[] = [
  // @ts-expect-error  There is no such word.
  { lobby: 'never' },
  // @ts-expect-error  There is no such property.
  { rooom: 'standup' },
  // @ts-expect-error  It is an object.
  { messages: 3 },
  // @ts-expect-error  It is a function.
  { tokenProvider: 'secret' },
  // @ts-expect-error  It is an event.
  { 'onrtc-join': (room: RtcRoom) => room },
];
