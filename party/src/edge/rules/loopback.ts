// Which networks and hosts are on this machine.

/** `network`: as `networkOf` has it. The only address in use of the first 64 bits 0 is `::1`. */
export const isLoopbackNetwork = (network: string): boolean =>
  network.startsWith('127.') || network === '0:0:0:0';

export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(host);
