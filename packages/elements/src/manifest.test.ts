// The custom elements manifest and the elements themselves say the same, in both directions. Whether it has every public
// method is asked of TypeScript, by `npm run manifest`: a page cannot tell which of them are private.
import './define.js';
import * as elements from './index.js';

import { expect } from '@esm-bundle/chai';
import type { CSSResult, LitElement } from 'lit';

import { ElementTour } from '../../../tests/support/element-tour.js';
import {
  type ManifestElement,
  namesOf,
  readEventFields,
  readManifest,
} from '../../../tests/support/manifest.js';
import { RtcChat } from './chat/rtc-chat.js';
import type { RtcEventMap } from './events.js';
import { RtcRoom } from './room/rtc-room.js';

/** Every event and its class. The type makes this list complete. */
const EVENTS: Readonly<Record<keyof RtcEventMap, string>> = {
  'rtc-ready': 'RtcReadyEvent',
  'rtc-join': 'RtcJoinEvent',
  'rtc-leave': 'RtcLeaveEvent',
  'rtc-error': 'RtcErrorEvent',
  'rtc-peer-join': 'RtcPeerJoinEvent',
  'rtc-peer-leave': 'RtcPeerLeaveEvent',
  'rtc-track': 'RtcTrackEvent',
  'rtc-message': 'RtcMessageEvent',
  'rtc-typing': 'RtcTypingEvent',
  'rtc-presence': 'RtcPresenceEvent',
  'rtc-quality': 'RtcQualityEvent',
  'rtc-connection-change': 'RtcConnectionChangeEvent',
  'rtc-knock': 'RtcKnockEvent',
  'rtc-role-change': 'RtcRoleChangeEvent',
  'rtc-notify': 'RtcNotifyEvent',
  'rtc-file-offer': 'RtcFileOfferEvent',
  'rtc-file-progress': 'RtcFileProgressEvent',
  'rtc-file-done': 'RtcFileDoneEvent',
  'rtc-unread': 'RtcUnreadEvent',
  'rtc-before-send': 'RtcBeforeSendEvent',
  'rtc-request': 'RtcRequestEvent',
};

/** The type makes this list complete, too. */
const TAGS: Readonly<Record<Extract<keyof HTMLElementTagNameMap, `rtc-${string}`>, true>> = {
  'rtc-announcer': true,
  'rtc-chat': true,
  'rtc-chat-composer': true,
  'rtc-chat-entry': true,
  'rtc-chat-file': true,
  'rtc-chat-log': true,
  'rtc-chat-search': true,
  'rtc-chat-target': true,
  'rtc-chat-tools': true,
  'rtc-chat-typing': true,
  'rtc-controls': true,
  'rtc-cursors': true,
  'rtc-file-cards': true,
  'rtc-files': true,
  'rtc-grid': true,
  'rtc-leaving': true,
  'rtc-level-meter': true,
  'rtc-lobby': true,
  'rtc-network-check': true,
  'rtc-notices': true,
  'rtc-notifications': true,
  'rtc-participants': true,
  'rtc-player': true,
  'rtc-room': true,
  'rtc-stats': true,
  'rtc-talk-key': true,
  'rtc-tile': true,
  'rtc-waiting': true,
};

/** Attributes of every HTML element, which no manifest lists. */
const GLOBAL = ['lang', 'dir', 'title', 'hidden'];

const tour = new ElementTour(Object.keys(EVENTS));
let manifest: ReadonlyMap<string, ManifestElement>;

const classOf = (tag: string): typeof LitElement => customElements.get(tag) as typeof LitElement;

/** The styles of a tag's shadow tree, if it has one. */
const stylesOf = (tag: string): readonly CSSResult[] =>
  Object.hasOwn(classOf(tag).prototype, 'createRenderRoot')
    ? []
    : (classOf(tag).elementStyles as CSSResult[]);

/** Compares, for every element, what it has with what the manifest says. */
function same(
  actual: (tag: string, element: ManifestElement) => Iterable<string>,
  said: (element: ManifestElement) => Iterable<string>,
): void {
  const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
  const differences = [...manifest].flatMap(([tag, element]) => {
    const has = sorted(actual(tag, element));
    const says = sorted(said(element));
    return [
      ...has.filter((name) => !says.includes(name)).map((name) => `${tag} has ${name}`),
      ...says.filter((name) => !has.includes(name)).map((name) => `${tag} has no ${name}`),
    ];
  });
  expect(differences).to.deep.equal([]);
}

describe('the manifest', () => {
  before(async () => {
    manifest = await readManifest();
    await Promise.all(
      [RtcRoom, RtcChat].flatMap(({ lazyElements }) =>
        Object.values(lazyElements).map((lazy) => lazy.load()),
      ),
    );
    await tour.run();
  });

  it('has every element, and its class by its name', () => {
    expect([...manifest.keys()].sort()).to.deep.equal(Object.keys(TAGS));
    for (const [tag, { name }] of manifest)
      expect(classOf(tag), tag).to.equal(elements[name as keyof typeof elements]);
  });

  it('has the attributes that are observed', () => {
    same(
      (tag) => classOf(tag).observedAttributes.filter((name) => !GLOBAL.includes(name)),
      ({ attributes }) => namesOf(attributes),
    );
  });

  it('has the reactive properties, each with its attribute', () => {
    const reactive = (tag: string): readonly string[] =>
      [...classOf(tag).elementProperties]
        .filter(([, { state }]) => !state)
        .map(([name, { attribute }]) =>
          attribute === false
            ? String(name)
            : `${String(name)} (${attribute === true || !attribute ? String(name).toLowerCase() : attribute})`,
        );
    same(reactive, ({ attributes = [], members = [] }) => {
      const byField = new Map(attributes.map(({ name, fieldName }) => [fieldName, name]));
      return members
        .filter(({ kind, name }) => kind === 'field' && !PLAIN.includes(name))
        .map(({ name }) => (byField.has(name) ? `${name} (${byField.get(name) ?? ''})` : name));
    });
  });

  it('has properties and methods that exist', () => {
    same(
      (tag, { members = [] }) => {
        const element = document.createElement(tag) as unknown as Record<string, unknown>;
        return members
          .filter(({ name, kind }) =>
            kind === 'method' ? typeof element[name] === 'function' : name in element,
          )
          .map(({ name }) => name);
      },
      ({ members }) => namesOf(members),
    );
  });

  it('has the events that come from an element or from one inside it, by their classes', () => {
    same(
      (tag) => [...tour.of(tag).events].map(([name, of]) => `${name}: ${of}`),
      ({ events = [] }) => events.map(({ name, type }) => `${name}: ${type?.text}`),
    );
    for (const { events = [] } of manifest.values())
      for (const { name, type } of events)
        expect(EVENTS[name as keyof RtcEventMap], name).to.equal(type?.text);
    for (const [name, of] of Object.entries(EVENTS))
      expect(elements[of as keyof typeof elements], name).to.be.a('function');
  });

  it('has the fields of every event', async () => {
    for (const [name, fields] of await readEventFields())
      expect(tour.fields.get(name), name).to.deep.equal([...fields].sort());
  });

  it('has the parts that are drawn, and those that are exported', () => {
    same(
      (tag) => tour.of(tag).parts,
      ({ cssParts }) => namesOf(cssParts),
    );
  });

  it('has the slots that are drawn', () => {
    same(
      (tag) => tour.of(tag).slots,
      ({ slots }) => namesOf(slots),
    );
  });

  it('has the variables that are read', () => {
    same(
      (tag) =>
        stylesOf(tag).flatMap((style) =>
          [...style.cssText.matchAll(/var\((--rtc-[a-z0-9-]+)/g)].map(([, name = '']) => name),
        ),
      ({ cssProperties }) => namesOf(cssProperties),
    );
  });
});

/** Fields that are not reactive: they are read, or set by the element itself. */
const PLAIN: readonly string[] = ['ready', 'report', 'roomName'];
