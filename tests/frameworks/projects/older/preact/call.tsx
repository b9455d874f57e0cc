import 'rtc-elements/define';

import { useState } from 'preact/hooks';
import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/preact';

export function Call({ room, leave }: { room: string; leave: string }) {
  const [others, setOthers] = useState(0);
  const count = ({ currentTarget }: { currentTarget: RtcRoom }) =>
    setOthers(currentTarget.client?.getSnapshot().peers.length ?? 0);
  return (
    <>
      <rtc-room
        class="call"
        room={room}
        lobby="off"
        autojoin
        maxPeers={4}
        messages={{ leave }}
        onrtc-join={count}
      />
      <p>{others}</p>
    </>
  );
}
