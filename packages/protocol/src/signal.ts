// The messages with which two peers set up their link through the room (rules SG).
import { DATA_PURPOSES, type DataPurpose } from './data.js';
import { LIMITS } from './limits.js';
import {
  type BodySchema,
  count,
  growing,
  id,
  integer,
  list,
  map,
  object,
  oneOf,
  optional,
  orNull,
  type SchemaOf,
  text,
} from './schema.js';
import { type Source, SOURCES } from './source.js';

/** An `RTCSessionDescriptionInit`, as it is sent. A `rollback` is local and never sent. */
export interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** An `RTCIceCandidateInit`, as it is sent. An empty `candidate` ends the candidates of its section. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

/** Which source each media section (`mid`) of the accompanying description carries. */
export type SourceMap = Readonly<Record<string, Source>>;

/** An offer made before it is known who gets it (EN-6). */
export interface EarlyOffer {
  readonly description: Description;
  readonly sources: SourceMap;
}

/** The part of a signal that the room passes on unread. */
export interface SignalBody {
  /** The number of the link between the two peers. Both ends ignore signals of an older link (SG-3). */
  readonly epoch: number;
  /** Counts from 0 within one epoch and direction. A repeated number is ignored (SG-3). */
  readonly n: number;
  readonly description?: Description;
  /** For an answer, the `n` of its offer; for a repeated offer, its first `n` (SG-6). */
  readonly re?: number;
  /** Belongs to `description`. */
  readonly sources?: SourceMap;
  readonly candidates?: readonly Candidate[];
  /** The early offer (EN-6) will not be used: negotiate as usual. Of a link for data: there will be none (DL-3). */
  readonly decline?: true;
  /** The signal is of a link for data alone, first wanted for this (DL-1). Absent: of the link of the call. */
  readonly link?: DataPurpose;
}

/** Client to room: deliver this to the session `to` (SG-1). */
export interface SignalMessage extends SignalBody {
  readonly type: 'signal';
  readonly to: string;
}

/** Room to client: the same body, with the sender as the room knows it (SG-1). */
export interface SignalDelivery extends SignalBody {
  readonly type: 'signal';
  readonly from: string;
}

const MID_PATTERN = /^[A-Za-z0-9_.-]{1,32}$/;
const sdp = text(LIMITS.sdpLength);

const descriptionSchema: SchemaOf<Description> = object({
  type: oneOf('offer', 'answer'),
  sdp,
});

const candidateSchema: SchemaOf<Candidate> = object({
  candidate: text(LIMITS.candidateLength),
  sdpMid: optional(orNull(text(32))),
  sdpMLineIndex: optional(orNull(integer(0, 255))),
  usernameFragment: optional(orNull(text(256))),
});

const sourceMapSchema: SchemaOf<SourceMap> = map(
  MID_PATTERN,
  growing(SOURCES),
  LIMITS.sourcesPerSignal,
);

export const earlyOfferSchema: SchemaOf<EarlyOffer> = object({
  description: object({ type: oneOf('offer'), sdp }),
  sources: sourceMapSchema,
});

const body = {
  epoch: count,
  n: count,
  description: optional(descriptionSchema),
  re: optional(count),
  sources: optional(sourceMapSchema),
  candidates: optional(list(candidateSchema, LIMITS.candidatesPerSignal)),
  decline: optional(oneOf(true)),
  link: optional(oneOf(...DATA_PURPOSES)),
};

export const signalMessageSchema: BodySchema<SignalMessage> = object({ ...body, to: id });
export const signalDeliverySchema: BodySchema<SignalDelivery> = object({ ...body, from: id });
