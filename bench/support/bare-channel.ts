/** A bare data channel between two pages, the fastest way that is known: 64 KiB messages, 128 KiB buffered. */
import type { Page } from 'puppeteer-core';

interface BareEnd {
  readonly pc: RTCPeerConnection;
  readonly channel: RTCDataChannel;
}

declare global {
  interface Window {
    bare: BareEnd;
    /** Resolves with the seconds once everything has arrived. */
    received: Promise<number>;
  }
}

/** Connects the two pages. They reach each other over host candidates, so the offer holds all that is needed. */
export async function connectBare(one: Page, two: Page): Promise<void> {
  const offer = await one.evaluate(async () => {
    const pc = new RTCPeerConnection();
    const channel = pc.createDataChannel('bulk', { negotiated: true, id: 1 });
    channel.binaryType = 'arraybuffer';
    window.bare = { pc, channel };
    await pc.setLocalDescription();
    await new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
    return pc.localDescription?.sdp ?? '';
  });
  const answer = await two.evaluate(async (sdp) => {
    const pc = new RTCPeerConnection();
    const channel = pc.createDataChannel('bulk', { negotiated: true, id: 1 });
    channel.binaryType = 'arraybuffer';
    window.bare = { pc, channel };
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription();
    await new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
    });
    return pc.localDescription?.sdp ?? '';
  }, offer);
  await one.evaluate(async (sdp) => {
    const { pc, channel } = window.bare;
    await pc.setRemoteDescription({ type: 'answer', sdp });
    if (channel.readyState !== 'open') await new Promise((resolve) => (channel.onopen = resolve));
  }, answer);
}

/** Seconds that so many bytes take; what arrives is counted and dropped. */
export async function sendBare(one: Page, two: Page, bytes: number): Promise<number> {
  await two.evaluate((wanted) => {
    const { channel } = window.bare;
    let left = wanted;
    let since = 0;
    window.received = new Promise((resolve) => {
      channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
        since ||= performance.now();
        left -= data.byteLength;
        if (left <= 0) resolve((performance.now() - since) / 1_000);
      };
    });
  }, bytes);
  await one.evaluate(async (wanted) => {
    const { channel } = window.bare;
    const message = new Uint8Array(65_536);
    channel.bufferedAmountLowThreshold = 65_536;
    for (let sent = 0; sent < wanted; sent += message.length) {
      if (channel.bufferedAmount >= 131_072)
        await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
      channel.send(message);
    }
  }, bytes);
  return two.evaluate(() => window.received);
}
