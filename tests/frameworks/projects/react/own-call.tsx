import { createRoom, type Room } from '@rtc-elements/core';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

interface OwnCallProps {
  host: string;
  room: string;
  name: string;
}

export function OwnCall({ host, room: roomName, name }: OwnCallProps) {
  const [room] = useState(() => createRoom({ host, room: roomName, name }));
  const { connection, peers } = useSyncExternalStore(room.subscribe, room.getSnapshot);
  useEffect(() => {
    room.join().catch((error) => {
      // StrictMode leaves, and joins again, before the first join has ended.
      if (error.code !== 'aborted') throw error;
    });
    return () => void room.leave();
  }, [room]);
  return (
    <>
      <p id="others">{peers.length}</p>
      <p>{connection}</p>
      {peers.map((peer) => (
        <Person key={peer.session} room={room} session={peer.session} />
      ))}
    </>
  );
}

/** Somebody's picture and sound. The room keeps the right tracks in the element. */
function Person({ room, session }: { room: Room; session: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    const end = new AbortController();
    room.attach(video.current, session, 'camera', end);
    room.attach(video.current, session, 'microphone', end);
    return () => end.abort();
  }, [room, session]);
  return <video ref={video} />;
}
