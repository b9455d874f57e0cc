// What a reaction can be (CH-8).

/** One emoji as people see it: a pictograph, flag or keycap, with its joiners and modifiers. */
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200D|\uFE0F|[\u{E0020}-\u{E007F}]|[0-9#*]\uFE0F?\u20E3)+$/u;

/** Whether `text` can be a reaction (CH-8). */
export const isReaction = (text: string): boolean => EMOJI.test(text);
