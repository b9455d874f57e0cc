// Formats the figures of a file in the reader's language.
import { supportedLanguage } from '../i18n/language.js';

/** Formatters for one language. Expensive to create. */
export interface FilesFormat {
  readonly language: string | undefined;
  /** `2.4 MB`, of bytes. */
  size(bytes: number): string;
  /** `3.1 MB/s`, of bytes per second. */
  speed(bytesPerSecond: number): string;
  /** `1 hr, 5 min`, of seconds: at most two units. */
  time(seconds: number): string;
}

/** Decimal, as operating systems and browsers count them. */
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const STEP = 1_000;

const MINUTE = 60;
const HOUR = 3_600;

export function createFilesFormat(language: string | undefined): FilesFormat {
  const supported = supportedLanguage(language);
  const formats = new Map<string, Intl.NumberFormat>();
  const write = (value: number, unit: string, digits = 0): string => {
    const key = `${unit} ${digits}`;
    const options = { style: 'unit', unit, maximumFractionDigits: digits } as const;
    const format = formats.get(key) ?? new Intl.NumberFormat(supported, options);
    formats.set(key, format);
    return format.format(value);
  };
  const scaled = (bytes: number, per = ''): string => {
    const { value, unit } = scale(bytes);
    return write(value, `${unit}${per}`, unit === 'byte' || value >= 100 ? 0 : 1);
  };
  const list = new Intl.ListFormat(supported, { type: 'unit', style: 'short' });
  return {
    language,
    size: (bytes) => scaled(bytes),
    speed: (bytesPerSecond) => scaled(bytesPerSecond, '-per-second'),
    time: (seconds) => list.format(partsOf(seconds).map(([value, unit]) => write(value, unit))),
  };
}

/** In the unit in which the value has one to three digits before the point. */
function scale(bytes: number): { readonly value: number; readonly unit: (typeof UNITS)[number] } {
  let value = Math.max(0, bytes);
  let at = 0;
  // 999,950 bytes would be written as 1,000 kB.
  for (; at < UNITS.length - 1 && value >= STEP - 0.05; at += 1) value /= STEP;
  return { value, unit: UNITS[at] ?? 'byte' };
}

/** Seconds below a minute, minutes below an hour; beyond that, hours with minutes. */
function partsOf(seconds: number): readonly (readonly [number, string])[] {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < MINUTE) return [[whole, 'second']];
  const minutes = Math.round(whole / MINUTE);
  if (whole < HOUR && minutes < MINUTE) return [[minutes, 'minute']];
  const hours = Math.floor(minutes / MINUTE);
  const rest = minutes % MINUTE;
  return rest === 0
    ? [[hours, 'hour']]
    : [
        [hours, 'hour'],
        [rest, 'minute'],
      ];
}
