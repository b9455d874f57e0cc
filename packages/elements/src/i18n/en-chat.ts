// The English words inside of a chat.
import { enShared } from './en-shared.js';

/** What log, typing line and composer say. */
export const enChat = {
  ...enShared,
  chatEmpty: 'No messages yet. Say hello.',
  saidMessage: '{name}: {text}',
  chatLog: 'Messages',
  chatNew: 'New',
  chatNewMessages: 'New messages',
  chatToEnd: 'Go to the newest message',
  chatField: 'Message',
  chatPlaceholder: 'Message everyone',
  chatSend: 'Send',
  chatLeft: '{count} character left|{count} characters left',
  chatOverLimit: '{count} character too many|{count} characters too many',
  chatJoinFirst: 'Join the room to write.',
  chatWaits: 'Not connected. Messages go out as soon as you are back.',
  chatOver: 'You are not in this room any more.',
  chatDeleted: 'This message was deleted.',
  chatNotSent: 'Not sent.',
  chatRetry: 'Send again',
  chatDiscard: 'Discard',
};
