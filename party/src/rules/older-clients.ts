// What a client that refuses new keys and values is sent in place of them (UN-4).
import type { ChatMessage, ServerMessage } from '@rtc-elements/protocol';

/** The message as the first edition of the protocol has it: itself, if it has nothing newer. */
export function inFirstEdition(message: ServerMessage): ServerMessage {
  switch (message.type) {
    case 'chat.message':
      return message.message.file ? { ...message, message: plain(message.message) } : message;
    case 'chat.page':
      return hasFile(message.messages) ? { ...message, ...plainPage(message) } : message;
    case 'welcome': {
      const { messages, revised = [] } = message.chat;
      const chat = { ...message.chat, ...plainPage(message.chat) };
      return hasFile([...messages, ...revised]) ? { ...message, chat } : message;
    }
    default:
      return message;
  }
}

interface Page {
  readonly messages: readonly ChatMessage[];
  readonly revised?: readonly ChatMessage[];
}

const hasFile = (messages: readonly ChatMessage[]): boolean =>
  messages.some(({ file }) => file !== undefined);

const plainPage = ({ messages, revised }: Page): Page => ({
  messages: messages.map(plain),
  ...(revised && { revised: revised.map(plain) }),
});

/** Its text says in words what the file says (CH-11). */
const plain = ({ file, ...message }: ChatMessage): ChatMessage =>
  file ? { ...message, kind: 'text' } : message;
