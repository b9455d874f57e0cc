'use client';

import 'rtc-elements/define';

import type { RtcRoom } from 'rtc-elements';
import type {} from 'rtc-elements/react';

interface CallProps {
  host: string;
  room: string;
  name: string;
  leave: string;
}

export function Call({ host, room, name, leave }: CallProps) {
  const setUp = (element: RtcRoom | null) => {
    if (!element) return;
    element.tokenProvider = () => fetchToken(room, name);
    element.messages = { leave };
  };
  return (
    <rtc-room ref={setUp} host={host} room={room} name={name} lobby="off" autojoin max-peers="4" />
  );
}

async function fetchToken(room: string, user: string): Promise<string> {
  const response = await fetch(`/api/token?${new URLSearchParams({ room, user })}`);
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  return response.text();
}
