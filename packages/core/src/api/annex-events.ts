// The events that come with the annex; `room-events.ts` gives their types.
import type { NotifyMessage, StateEntry, WaitingPerson } from '@rtc-elements/protocol';

/** Values of the shared state are new; one whose value is `null` was taken away. */
export class StateChangeEvent extends Event {
  constructor(readonly entries: readonly StateEntry[]) {
    super('state-change');
  }
}

/** The backend tells us something (NO-1). */
export class NotifyEvent extends Event {
  constructor(readonly notice: NotifyMessage) {
    super('notify');
  }
}

/** Somebody asks to come in; only who may moderate is told (MO-3). */
export class KnockEvent extends Event {
  constructor(readonly person: WaitingPerson) {
    super('knock');
  }
}
