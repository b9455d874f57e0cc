// What the types refuse. Without types, or with wrong ones, these lines would be no errors, and the check would fail.
import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/preact';

export const wrong = [
  // @ts-expect-error  There is no such word.
  <rtc-room lobby="never" />,
  // @ts-expect-error  There is no such property.
  <rtc-room rooom="standup" />,
  // @ts-expect-error  There is no such element.
  <rtc-rooom />,
  // @ts-expect-error  It is a function.
  <rtc-room tokenProvider="secret" />,
  // @ts-expect-error  Preact would write "false" into the attribute, which turns it on.
  <rtc-room data-saver={false} />,
  // @ts-expect-error  It is an event.
  <rtc-room onrtc-join={(room: RtcRoom) => room} />,
];
