// Days and times as the person reading writes them.
import { supportedLanguage } from '../../i18n/language.js';

/** Words for the moments of a chat, in one language. */
export interface When {
  readonly language: string | undefined;
  /** `10:02` */
  time(at: number): string;
  /** `Today`, `Yesterday`, `Wednesday 4 March`, `4 March 2025` */
  day(at: number, today: number): string;
  /** All of it, for a tooltip. */
  full(at: number): string;
}

const DAY_MS = 86_400_000;

/** The words of `language`; of the browser's own language when that is none. Costly: keep it. */
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
