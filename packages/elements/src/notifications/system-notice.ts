// The system's own notifications, for a page that nobody looks at.

const isThere = (): boolean => typeof Notification !== 'undefined';

/** Whether the person can still be asked; a browser asks but once. */
export const maySystemAsk = (): boolean => isThere() && Notification.permission === 'default';

/** Shows it, if it may; a click brings the page to the front. */
export function showSystem(title: string, body: string | undefined): void {
  if (!isThere() || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, body === undefined ? {} : { body });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
  } catch {
    // Chrome on Android shows none but a service worker's, and has the class all the same.
  }
}
