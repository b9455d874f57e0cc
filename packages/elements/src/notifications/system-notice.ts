// System notifications, for a page in the background.

const isThere = (): boolean => typeof Notification !== 'undefined';

/** Whether the person can still be asked for permission: a browser asks only once. */
export const maySystemAsk = (): boolean => isThere() && Notification.permission === 'default';

/** Shows a notification if permitted. A click brings the page to the front. */
export function showSystem(title: string, body: string | undefined): void {
  if (!isThere() || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, body === undefined ? {} : { body });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Chrome on Android has the class, but only shows notifications of service workers.
  }
}
