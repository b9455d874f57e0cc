import { expect } from '@esm-bundle/chai';

/**
 * Opens a frame that may not use devices, requests them there, and resolves with the error codes.
 */
const askInFrame = (): Promise<unknown> =>
  new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.allow = "camera 'none'; microphone 'none'";
    addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(data), { once: true });
    frame.srcdoc = `<script type="module">
      import { browserMedia } from '/packages/core/src/media/browser-media-port.ts';
      import { acquire } from '/packages/core/src/media/acquire.ts';
      const wish = { deviceId: null, fallback: null, unplugged: false };
      const wishes = new Map([['microphone', wish], ['camera', wish]]);
      const codes = [];
      await acquire(browserMedia, wishes, {
        isWanted: () => true,
        onOutcome: (_, { error }) => codes.push(error?.code),
      });
      parent.postMessage(codes, '*');
    </script>`;
    document.body.append(frame);
  });

describe('browserMedia', () => {
  it('tells a permissions policy from a refusal, in both browsers', async () => {
    expect(await askInFrame()).to.deep.equal(['policy-blocked', 'policy-blocked']);
  });
});
