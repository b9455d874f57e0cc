/** A browser on a host of the fault lab, driven from outside of its network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import puppeteer, { type Browser } from 'puppeteer-core';

import { chromiumArgs, firefoxPrefs } from '../../../scripts/browser-flags.mjs';
import { requireBrowsers } from '../../../scripts/browsers.mjs';
import type { BrowserName } from '../browsers/launch.js';
import { startChild } from '../servers/children.js';
import type { FaultHost } from './net.js';

/**
 * Starts one that takes `origin` for secure although it is not on its own host; `extra`: arguments for
 * Chromium beside the usual ones.
 */
export async function launchOn(
  host: FaultHost,
  name: BrowserName,
  origin: string,
  extra: readonly string[] = [],
): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-fault-'));
  const executablePath = join(folder, name);
  const words = ['ip', 'netns', 'exec', host.netns, requireBrowsers()[name]];
  writeFileSync(executablePath, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
  const common = {
    executablePath,
    headless: true,
    protocolTimeout: 300_000,
    // That of a TURN server which speaks TLS is signed by nobody.
    acceptInsecureCerts: true,
  };
  if (name === 'chromium') {
    const args = [
      ...chromiumArgs,
      ...extra,
      '--ignore-certificate-errors',
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ];
    const browser = await puppeteer.launch({ ...common, args, pipe: true });
    browser.once('disconnected', () => rmSync(folder, { recursive: true, force: true }));
    return browser;
  }
  const bridge = await openBridge(host);
  const extraPrefsFirefox = {
    ...firefoxPrefs,
    'dom.securecontext.allowlist': new URL(origin).hostname,
    'media.devices.insecure.enabled': true,
    'media.getusermedia.insecure.enabled': true,
  };
  const debuggingPort = (bridge.address() as AddressInfo).port;
  const browser = await puppeteer.launch({
    ...common,
    browser: 'firefox',
    extraPrefsFirefox,
    debuggingPort,
  });
  browser.once('disconnected', () => {
    bridge.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return browser;
}

/** Copies what comes by standard input to a port of loopback, and what it answers back. */
const PIPE = `const { connect } = require('node:net');
const far = connect(Number(process.argv[1]), '127.0.0.1');
process.stdin.pipe(far).pipe(process.stdout);`;

/**
 * Firefox is driven over a port of loopback, and its loopback is not ours: we listen on the same
 * port here, and a small process over there passes on what comes.
 */
async function openBridge({ netns }: FaultHost): Promise<Server> {
  const server = createServer((socket) => {
    const { port } = server.address() as AddressInfo;
    const words = ['netns', 'exec', netns, process.execPath, '-e', PIPE, String(port)];
    const pipe = startChild('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    socket.on('error', () => pipe.kill()).on('close', () => pipe.kill());
    pipe.stdin?.on('error', () => socket.destroy());
    pipe.on('exit', () => socket.destroy());
    if (pipe.stdin) socket.pipe(pipe.stdin);
    pipe.stdout?.pipe(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}
