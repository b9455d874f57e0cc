import 'rtc-elements/define';

import { useEffect, useRef } from 'react';
import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/react-18';

export function Call({ room, onJoin }: { room: string; onJoin: () => void }) {
  const element = useRef<RtcRoom>(null);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    current.messages = { leave: 'Go' };
    current.addEventListener('rtc-join', onJoin);
    return () => current.removeEventListener('rtc-join', onJoin);
  }, [onJoin]);
  return <rtc-room ref={element} class="call" room={room} lobby="off" autojoin max-peers="4" />;
}
