// What the console says where two tabs of one browser are in a room.

export const ONE_PERSON_HINT =
  'Another tab of this browser is in the room, and both are the same person: what one writes is no news to the ' +
  'other. To try a room as two people, set identity="tab" (the option `identity`), or open a private window.';
