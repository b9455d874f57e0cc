/**
 * The worker through which every frame of an encrypted call passes. A file of its own, so that a page can
 * allow it by `worker-src` (CSP); it fetches nothing.
 */
import { type CipherKeys, type DropReason, FrameCipher } from './frame-cipher.js';
import type { FromWorker, TransformOptions } from './rules/worker-language.js';

/** How many frames in a row are dropped before that is told: a few are, while keys change. */
const MANY_FRAMES = 25;

const cipher = new FrameCipher();

const tell = (message: FromWorker): void => postMessage(message);

onmessage = ({ data }: MessageEvent<CipherKeys>) => {
  cipher.setKeys(data);
  tell({ type: 'ready' });
};

type Frame = RTCEncodedAudioFrame | RTCEncodedVideoFrame;

/** As the DOM types have it, but for what they leave open. */
interface Transformer {
  readonly readable: ReadableStream<Frame>;
  readonly writable: WritableStream<Frame>;
  readonly options: TransformOptions;
}

onrtctransform = (event) => {
  const { readable, writable, options } = event.transformer as Transformer;
  const { operation, kind } = options;
  let dropped = 0;
  const drop = (reason: DropReason): void => {
    dropped += 1;
    if (dropped === MANY_FRAMES) tell({ type: 'dropping', operation, reason });
  };
  const transform = new TransformStream<Frame, Frame>({
    async transform(frame, controller) {
      // Nothing to hide, and browsers let such frames pass for their own purposes.
      if (frame.data.byteLength === 0) return controller.enqueue(frame);
      const { mimeType } = frame.getMetadata();
      const isKeyFrame = 'type' in frame && frame.type === 'key';
      const result = await cipher[operation](frame.data, { kind, mimeType, isKeyFrame });
      if (typeof result === 'string') return drop(result);
      dropped = 0;
      frame.data = result;
      controller.enqueue(frame);
    },
  });
  // It ends with its sender or receiver, which is no failure.
  readable
    .pipeThrough(transform)
    .pipeTo(writable)
    .catch(() => undefined);
};
