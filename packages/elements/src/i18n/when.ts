// Formats days and times in the reader's language and time zone.
import { supportedLanguage } from './language.js';

/** Formatters for one language. */
export interface When {
  readonly language: string | undefined;
  /** `10:02` */
  time(at: number): string;
  /** `Today`, `Yesterday`, `Wednesday 4 March`, `4 March 2025` */
  day(at: number, today: number): string;
  /** Date and time in full, for a tooltip. */
  full(at: number): string;
}

const DAY_MS = 86_400_000;

/**
 * Formatters for `language`, or for the browser's language if that is not valid. Expensive to create.
 */
export function createWhen(language: string | undefined): When {
  const supported = supportedLanguage(language);
  const time = new Intl.DateTimeFormat(supported, { timeStyle: 'short' });
  const full = new Intl.DateTimeFormat(supported, { dateStyle: 'full', timeStyle: 'short' });
  const near = new Intl.RelativeTimeFormat(supported, { numeric: 'auto' });
  return {
    language,
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    day(at, today) {
      const daysAgo = Math.round((startOfDay(today) - startOfDay(at)) / DAY_MS);
      if (daysAgo === 0 || daysAgo === 1) {
        const [first = '', ...rest] = near.format(-daysAgo, 'day');
        return first.toLocaleUpperCase(supported) + rest.join('');
      }
      const isThisYear = new Date(at).getFullYear() === new Date(today).getFullYear();
      const detail = isThisYear ? ({ weekday: 'long' } as const) : ({ year: 'numeric' } as const);
      return new Intl.DateTimeFormat(supported, {
        day: 'numeric',
        month: 'long',
        ...detail,
      }).format(at);
    },
  };
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
