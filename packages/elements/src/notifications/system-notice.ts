// System notifications, for a page in the background.
import type { NotifyMessage } from '@rtc-elements/protocol';

/**
 * Shows a notification if permitted. A click brings the page to the front. Another tab of this page that
 * shows the same notice replaces it, without a second sound.
 */
export function showSystem({ id, title, body }: NotifyMessage): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, {
      tag: `rtc-${id}`,
      ...(body !== undefined && { body }),
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Chrome on Android has the class, but only shows notifications of service workers.
  }
}
