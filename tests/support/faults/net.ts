/**
 * A network to break: a namespace for each host, each behind its own link to one router, where
 * packets are dropped, held back or given other addresses. The kernel does it, so browsers and
 * coturn meet what they meet outside. Linux, as root.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { startChild } from '../servers/children.js';
import { clearLeftovers, removeNamespaces } from './leftovers.js';

/** A machine of the lab. */
export interface FaultHost {
  readonly name: string;
  /** Its network namespace, for `ip netns exec`. */
  readonly netns: string;
  readonly address: string;
}

/** Ends a fault. */
export type Heal = () => void;

interface Wire {
  /** The third byte of its present subnet. */
  at: number;
  /** The router's end. */
  readonly gate: string;
}

const SUBNET = '10.77';
/** More than there are in any lab: a host that moves takes the next free subnet. */
const HOSTS = 10;
/** The only interface of a host, beside loopback. */
const PORT = 'v0';
/** Where packets are held back: a device, and the table that leads there. */
const LATE = 'late0';
const LATE_TABLE = '100';
const DELAY = fileURLToPath(new URL('./delay.py', import.meta.url));

let made = 0;

export class FaultNet {
  readonly #prefix: string;
  readonly #router: string;
  readonly #wires = new Map<string, Wire>();
  readonly #drops = new Set<string>();
  readonly #disguised = new Set<string>();
  /** Public addresses, each with the address of the host that has it. */
  readonly #published = new Map<string, string>();
  readonly #tearDown = (): void => removeNamespaces(this.#prefix);

  constructor() {
    clearLeftovers();
    this.#prefix = `rtcf${process.pid}-${(made += 1)}-`;
    this.#router = `${this.#prefix}router`;
    // Also after a failed test, and on Ctrl-C.
    process.once('exit', this.#tearDown);
    ip('netns', 'add', this.#router);
    this.#inside(this.#router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    this.#apply();
  }

  /** A new machine, on a wire of its own to the router. */
  addHost(name: string): FaultHost {
    const netns = `${this.#prefix}${name}`;
    const at = this.#wires.size + 1;
    const gate = `g${at}`;
    ip('netns', 'add', netns);
    // One family of addresses: a fault then has one place.
    for (const place of ['all', 'default']) {
      this.#inside(netns, 'sysctl', '-qw', `net.ipv6.conf.${place}.disable_ipv6=1`);
    }
    ip('link', 'add', PORT, 'netns', netns, 'type', 'veth', 'peer', gate, 'netns', this.#router);
    const host = { name, netns, address: `${SUBNET}.${at}.2` };
    this.#wires.set(name, { at, gate });
    ip('-n', this.#router, 'addr', 'add', `${SUBNET}.${at}.1/24`, 'dev', gate);
    ip('-n', this.#router, 'link', 'set', gate, 'up');
    ip('-n', netns, 'addr', 'add', `${host.address}/24`, 'dev', PORT);
    ip('-n', netns, 'link', 'set', 'lo', 'up');
    this.#plug(host, `${SUBNET}.${at}.1`);
    return host;
  }

  /** Drops what matches, in the words of nft, on its way through the router. */
  drop(...matches: readonly string[]): Heal {
    for (const match of matches) this.#drops.add(match);
    this.#apply();
    return () => {
      for (const match of matches) this.#drops.delete(match);
      this.#apply();
    };
  }

  /** All UDP between two hosts, both ways. */
  cutUdp(a: FaultHost, b: FaultHost): Heal {
    return this.drop(...bothWays(a, b).map((way) => `${way} meta l4proto udp`));
  }

  /** All UDP from and to a host: what a strict firewall does. */
  cutAllUdp(host: FaultHost): Heal {
    const ends = [`ip saddr ${host.address}`, `ip daddr ${host.address}`];
    return this.drop(...ends.map((end) => `${end} meta l4proto udp`));
  }

  /** Loses so many of a hundred UDP packets between two hosts, each way, at random. */
  lose(percent: number, a: FaultHost, b: FaultHost): Heal {
    return this.drop(...bothWays(a, b).map((way) => `${way} ${someUdp(percent)}`));
  }

  /** The same of what one host sends to another, and not of what it gets. */
  loseFrom(percent: number, from: FaultHost, to: FaultHost): Heal {
    const [way = ''] = bothWays(from, to);
    return this.drop(`${way} ${someUdp(percent)}`);
  }

  /** Takes the wire out at the far end: the host sees that it has no carrier. */
  cutLink(host: FaultHost): Heal {
    const { gate } = this.#wireOf(host);
    ip('-n', this.#router, 'link', 'set', gate, 'down');
    return () => ip('-n', this.#router, 'link', 'set', gate, 'up');
  }

  /** Takes the interface down in the host itself, its routes with it. */
  downInterface(host: FaultHost): Heal {
    ip('-n', host.netns, 'link', 'set', PORT, 'down');
    return () => this.#plug(host, `${SUBNET}.${this.#wireOf(host).at}.1`);
  }

  /** Moves a host into another subnet, as from Wi-Fi to mobile: first its old address is gone. */
  changeAddress(host: FaultHost): void {
    this.#leaveSubnet(host);
    this.#enterSubnet(host);
  }

  /** The same without a moment off the network, so that no browser says it went. */
  handOver(host: FaultHost): void {
    const old = `${SUBNET}.${this.#wireOf(host).at}.2/24`;
    this.#enterSubnet(host);
    ip('-n', host.netns, 'addr', 'del', old, 'dev', PORT);
  }

  /** Lets no more than this through to a host; what waits longer than 200 ms is dropped. */
  cap(kbit: number, host: FaultHost): Heal {
    const { gate } = this.#wireOf(host);
    const shape = ['tbf', 'rate', `${kbit}kbit`, 'burst', '8kb', 'latency', '200ms'];
    this.#inside(this.#router, 'tc', 'qdisc', 'replace', 'dev', gate, 'root', ...shape);
    return () => this.#inside(this.#router, 'tc', 'qdisc', 'del', 'dev', gate, 'root');
  }

  /** Puts a host behind a symmetric NAT: another port for each far end, and nobody calls in. */
  disguise(host: FaultHost): Heal {
    const subnet = `${SUBNET}.${this.#wireOf(host).at}.0/24`;
    this.#disguised.add(subnet);
    this.#apply();
    return () => {
      this.#disguised.delete(subnet);
      this.#apply();
    };
  }

  /** Gives a host a public address beside its own, one to one, as cloud providers do. It never sees it itself. */
  publish({ address }: FaultHost, publicAddress: string): void {
    this.#published.set(publicAddress, address);
    this.#apply();
  }

  /**
   * From now on every packet between two hosts takes so much longer, whatever it is: handshakes,
   * checks of ICE, media. A program in user space, as not every kernel has netem.
   */
  async delay(ms: number): Promise<void> {
    const { stdout } = startChild(
      'ip',
      ['netns', 'exec', this.#router, 'python3', DELAY, LATE, String(ms)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (!stdout) throw new Error('no word from the delay');
    await once(stdout, 'data');
    ip('-n', this.#router, 'link', 'set', LATE, 'up');
    for (const place of ['all', LATE]) {
      this.#inside(this.#router, 'sysctl', '-qw', `net.ipv4.conf.${place}.rp_filter=0`);
    }
    ip('-n', this.#router, 'route', 'add', 'default', 'dev', LATE, 'table', LATE_TABLE);
    // What comes back out of the device finds its way by the table that all have in common.
    for (const { gate } of this.#wires.values()) {
      ip('-n', this.#router, 'rule', 'add', 'iif', gate, 'lookup', LATE_TABLE);
    }
  }

  /** Ends everything that is dropped or given other addresses. */
  heal(): void {
    this.#drops.clear();
    this.#disguised.clear();
    this.#apply();
  }

  /** Ends every process on every host, and the network. */
  close(): void {
    process.off('exit', this.#tearDown);
    this.#tearDown();
  }

  #leaveSubnet({ netns }: FaultHost): void {
    ip('-n', netns, 'addr', 'flush', 'dev', PORT, 'scope', 'global');
  }

  #enterSubnet(host: FaultHost): void {
    const wire = this.#wireOf(host);
    wire.at += HOSTS;
    const subnet = `${SUBNET}.${wire.at}`;
    ip('-n', this.#router, 'addr', 'add', `${subnet}.1/24`, 'dev', wire.gate);
    ip('-n', host.netns, 'addr', 'add', `${subnet}.2/24`, 'dev', PORT);
    this.#plug(host, `${subnet}.1`);
  }

  #plug({ netns }: FaultHost, gateway: string): void {
    ip('-n', netns, 'link', 'set', PORT, 'up');
    ip('-n', netns, 'route', 'replace', 'default', 'via', gateway);
  }

  #wireOf({ name }: FaultHost): Wire {
    const wire = this.#wires.get(name);
    if (!wire) throw new Error(`${name} is not of this network`);
    return wire;
  }

  /** All rules anew, in one transaction. */
  #apply(): void {
    const hidden = [...this.#disguised];
    const published = [...this.#published];
    const rules = [
      'table inet lab {}',
      'delete table inet lab',
      'table inet lab { chain cut { type filter hook forward priority 0;',
      ...hidden.map((subnet) => `ip daddr ${subnet} ct state new drop;`),
      ...[...this.#drops].map((match) => `${match} drop;`),
      '}',
      'chain in { type nat hook prerouting priority -100;',
      ...published.map(([outside, inside]) => `ip daddr ${outside} dnat ip to ${inside};`),
      '}',
      'chain nat { type nat hook postrouting priority 100;',
      ...published.map(([outside, inside]) => `ip saddr ${inside} snat ip to ${outside};`),
      ...hidden.map((subnet) => `ip saddr ${subnet} masquerade fully-random;`),
      '}',
      '}',
    ];
    run('ip', ['netns', 'exec', this.#router, 'nft', '-f', '-'], rules.join('\n'));
  }

  #inside(netns: string, ...words: readonly string[]): void {
    run('ip', ['netns', 'exec', netns, ...words]);
  }
}

const someUdp = (percent: number): string => `meta l4proto udp numgen random mod 100 < ${percent}`;

const bothWays = (a: FaultHost, b: FaultHost): readonly string[] => [
  `ip saddr ${a.address} ip daddr ${b.address}`,
  `ip saddr ${b.address} ip daddr ${a.address}`,
];

const ip = (...words: readonly string[]): void => run('ip', words);

function run(command: string, words: readonly string[], input = ''): void {
  execFileSync(command, words, { input, stdio: ['pipe', 'ignore', 'pipe'] });
}
