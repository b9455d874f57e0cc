// The English words of the screen before a call.
import { enRoom } from './en-room.js';

/** What the lobby says. */
export const enLobby = {
  ...enRoom,
  joinRoom: 'Join {room}',
  yourName: 'Your name',
  join: 'Join',
  joining: 'Joining…',
  systemDefault: 'System default',
  test: 'Test',
  testSpeaker: 'Play a test sound',
  preview: 'Your camera preview',
  nobodyHere: 'Nobody is here yet',
  oneHere: '{a} is here',
  twoHere: '{a} and {b} are here',
  manyHere: '{a}, {b} and {count} more is here|{a}, {b} and {count} more are here',
  countHere: '{count} person is here|{count} people are here',
  nameMissing: 'Enter your name first.',
  inputLevel: 'Microphone level',
};
