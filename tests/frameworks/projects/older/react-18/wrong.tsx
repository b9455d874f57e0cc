// What the types refuse. Without types, or with wrong ones, these lines would be no errors, and the check would fail.
import type {} from 'rtc-elements/react-18';

export const wrong = [
  // @ts-expect-error  There is no such word.
  <rtc-room lobby="never" />,
  // @ts-expect-error  There is no such element.
  <rtc-rooom />,
  // @ts-expect-error  React 18 sets attributes only, and this is an object.
  <rtc-room messages={{ leave: 'Go' }} />,
  // @ts-expect-error  It would write "false" into the attribute, which turns it on.
  <rtc-room autojoin={false} />,
  // @ts-expect-error  It would write an attribute of this name.
  <rtc-room className="call" />,
];
