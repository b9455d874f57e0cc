// Whether messages keep their order and are sent again when they are lost.

/** At most one of the limits may be given. */
export interface Reliability {
  /** Default `true`. */
  readonly ordered?: boolean;
  /** How often a lost message is sent again; absent: until it arrives. */
  readonly maxRetransmits?: number;
  /** For how long a lost message is sent again, ms; absent: until it arrives. */
  readonly maxPacketLifeTime?: number;
}

/** Of `options` what is about reliability, complete and in one order. */
export const reliabilityOf = ({
  ordered = true,
  maxRetransmits,
  maxPacketLifeTime,
}: Reliability): Reliability => ({
  ordered,
  ...(maxRetransmits !== undefined && { maxRetransmits }),
  ...(maxPacketLifeTime !== undefined && { maxPacketLifeTime }),
});
