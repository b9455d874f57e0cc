// Edits, deletions and reactions (CH-8).
import {
  type ChatDeleteMessage,
  type ChatEditMessage,
  type ChatMessage,
  type ChatReactMessage,
  type FaultCode,
  LIMITS,
  mergeReactions,
  qualifyReaction,
  type Reactions,
  utf8Length,
} from '@rtc-elements/protocol';

export type RevisionRequest = ChatEditMessage | ChatDeleteMessage | ChatReactMessage;

/** Who asks for a revision, and when. */
export interface Reviser {
  readonly user: string;
  readonly mayModerate: boolean;
  readonly now: number;
}

/** The revised message, under its old `rev`; `same` if nothing changes; or why the revision is refused. */
export type Revised = ChatMessage | 'same' | Extract<FaultCode, 'forbidden' | 'not-found'>;

export function revise(message: ChatMessage, request: RevisionRequest, by: Reviser): Revised {
  if (message.deleted) return request.type === 'chat.delete' ? 'same' : 'not-found';
  const isOwn = message.user === by.user;
  switch (request.type) {
    case 'chat.edit':
      // What a message says of a file has to stay true (CH-11).
      if (!isOwn || message.file) return 'forbidden';
      if (message.text === request.text) return 'same';
      return { ...message, text: request.text, editedAt: Math.max(by.now, message.at) };
    case 'chat.delete':
      return isOwn || by.mayModerate ? emptied(message) : 'forbidden';
    case 'chat.react':
      return react(message, request, by.user);
  }
}

/** A deleted message keeps its number, author and time, but neither text nor file nor reactions. */
const emptied = ({ seq, id, at, user, name, replyTo }: ChatMessage): ChatMessage => ({
  seq,
  id,
  at,
  user,
  name,
  kind: 'text',
  text: '',
  deleted: true,
  ...(replyTo !== undefined && { replyTo }),
});

function react(message: ChatMessage, request: ChatReactMessage, user: string): Revised {
  const { on } = request;
  const emoji = qualifyReaction(request.emoji);
  const all = new Map(Object.entries(mergeReactions(message.reactions ?? {})));
  const users = all.get(emoji) ?? [];
  if (users.includes(user) === on) return 'same';
  if (on && (users.length === 0 ? all.size >= LIMITS.reactions : isCrowded(users))) {
    return 'forbidden';
  }
  const left = on ? [...users, user] : users.filter((one) => one !== user);
  if (left.length > 0) all.set(emoji, left);
  else all.delete(emoji);
  const { reactions: _, ...rest } = message;
  if (all.size === 0) return rest;
  const reactions = toReactions(all);
  if (on && utf8Length(JSON.stringify(reactions)) > LIMITS.reactionBytes) return 'forbidden';
  return { ...rest, reactions };
}

const isCrowded = (users: readonly string[]): boolean => users.length >= LIMITS.reactionUsers;

const toReactions = (all: ReadonlyMap<string, readonly string[]>): Reactions =>
  Object.fromEntries(all);
