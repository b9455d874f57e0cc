// Keeps off the devices that should be off when a call is entered.
import type { MediaChoice, Room, RoomOptions } from '@rtc-elements/core';

/**
 * Turns off, before the call is entered, what `options` want off: a Room that was created for the chat does
 * not know that.
 */
export async function keepDevicesOff(
  room: Room,
  { audio, video }: Pick<RoomOptions, 'audio' | 'video'>,
): Promise<void> {
  const { microphone, camera } = room.getSnapshot().media;
  if (staysOff(audio) && microphone.status === 'off') await room.media.setMicrophone(false);
  if (staysOff(video) && camera.status === 'off') await room.media.setCamera(false);
}

const staysOff = (wish: MediaChoice | undefined): boolean => wish === false || wish === 'muted';
