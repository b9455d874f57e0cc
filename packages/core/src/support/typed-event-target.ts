/** An EventTarget with typed events. */
export interface TypedEventTarget<Events extends object> extends Omit<
  EventTarget,
  'addEventListener' | 'removeEventListener'
> {
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (event: Events[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: (event: Events[Type]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The class to extend. At run time it is a plain EventTarget. */
export const TypedEventTarget = EventTarget as {
  new <Events extends object>(): TypedEventTarget<Events>;
};
