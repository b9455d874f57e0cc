import 'rtc-elements/define';

import { useState } from 'react';
import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/react';

interface CallProps {
  host: string;
  room: string;
  name: string;
  leave: string;
}

export function Call({ host, room, name, leave }: CallProps) {
  const [others, setOthers] = useState(0);
  const count = ({ currentTarget }: { currentTarget: RtcRoom }) =>
    setOthers(currentTarget.client?.getSnapshot().peers.length ?? 0);
  return (
    <>
      <rtc-room
        host={host}
        room={room}
        name={name}
        lobby="off"
        autojoin
        maxPeers={4}
        messages={{ leave }}
        onrtc-join={count}
        onrtc-peer-join={count}
        onrtc-peer-leave={count}
      />
      <p id="others">{others}</p>
    </>
  );
}
