// Dates, datetimes and durations as templates see them: they print, compare and add up as their Python namesakes do.
import { DateTime, Duration, Settings } from 'luxon';

// Names of months and days as Python has them; asking the system for its language takes longer than all else at the first moment.
Settings.defaultLocale = 'en';

/** strftime directive -> luxon token, for formatting and for parsing. */
const tokens: Readonly<Record<string, string>> = {
  '%Y': 'yyyy',
  '%y': 'yy',
  '%m': 'MM',
  '%d': 'dd',
  '%H': 'HH',
  '%I': 'hh',
  '%M': 'mm',
  '%S': 'ss',
  '%f': "SSS'000'",
  '%_ms': 'SSS',
  '%p': 'a',
  '%z': 'ZZZ',
  '%Z': "'UTC'",
  '%j': 'ooo',
  '%A': 'cccc',
  '%a': 'ccc',
  '%B': 'LLLL',
  '%b': 'LLL',
  '%V': 'WW',
  '%G': 'kkkk',
  '%T': 'HH:mm:ss',
  '%F': 'yyyy-MM-dd',
  '%D': 'MM/dd/yy',
};

/** Formats of the reference engine that stand for the whole value (CDK datetime_parser.py). */
const wholeFormats: Readonly<Record<string, (ms: number) => string>> = {
  '%s': (ms) => String(Math.floor(ms / 1000)),
  '%s_as_float': (ms) => floatText(ms / 1000),
  '%epoch_microseconds': (ms) => String(ms * 1000),
  '%ms': (ms) => String(ms),
};

const floatText = (number: number): string => (Number.isInteger(number) ? `${number}.0` : String(number));
const quote = (literal: string): string => (literal === '' ? '' : `'${literal.replaceAll("'", "''")}'`);

/** A strftime format as a luxon format: letters that are no directive are quoted. `%w` is not luxon's: Sunday is 0. */
function luxonFormat(format: string, weekday = 0): string {
  return format
    .replaceAll(/%%|%w/g, (directive) => (directive === '%w' ? String(weekday % 7) : directive))
    .split(/(%_ms|%%|%[A-Za-z])/)
    .map((part, index) => (index % 2 === 0 ? quote(part) : part === '%%' ? '%' : (tokens[part] ?? quote(part))))
    .join('');
}

export class TemplateDuration {
  constructor(readonly duration: Duration) {}
  valueOf(): number {
    return this.duration.toMillis();
  }
  /** As Python prints a timedelta: `1 day, 0:00:00`. */
  toString(): string {
    const { days, hours, minutes, seconds } = this.duration.shiftTo('days', 'hours', 'minutes', 'seconds');
    const pad = (number: number): string => String(number).padStart(2, '0');
    const clock = `${hours}:${pad(minutes)}:${pad(Math.floor(seconds))}`;
    return days === 0 ? clock : `${days} day${Math.abs(days) === 1 ? '' : 's'}, ${clock}`;
  }
}

export class TemplateDateTime {
  constructor(
    readonly time: DateTime,
    readonly isDate = false,
  ) {}
  valueOf(): number {
    return this.time.toMillis();
  }
  /** `2024-03-01 12:00:00+00:00`; a date prints its day alone. */
  toString(): string {
    if (this.isDate) return this.time.toFormat('yyyy-MM-dd');
    const fraction = this.time.millisecond === 0 ? '' : `.${String(this.time.millisecond).padStart(3, '0')}000`;
    return `${this.time.toFormat('yyyy-MM-dd HH:mm:ss')}${fraction}${this.time.toFormat('ZZ')}`;
  }
  strftime(format: string): string {
    const ms = this.time.toMillis();
    return wholeFormats[format]?.(ms) ?? this.time.toFormat(luxonFormat(format, this.time.weekday));
  }
  isoformat(): string {
    return this.toString().replace(' ', 'T');
  }
  timestamp(): number {
    return this.time.toMillis() / 1000;
  }
  date(): TemplateDateTime {
    return new TemplateDateTime(this.time.startOf('day'), true);
  }
  plus(duration: Duration): TemplateDateTime {
    return new TemplateDateTime(this.time.plus(duration), this.isDate);
  }
  get year(): number {
    return this.time.year;
  }
  get month(): number {
    return this.time.month;
  }
  get day(): number {
    return this.time.day;
  }
}

/** Reads ISO 8601; text without a zone is UTC. Throws RangeError. */
export function parseIso(text: string): TemplateDateTime {
  const time = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: 'utc' });
  if (!time.isValid) throw new RangeError(`"${text}" is not an ISO 8601 date`);
  return new TemplateDateTime(time);
}

/** Reads text by a strftime format; without a zone it is UTC. Throws RangeError. */
export function parseByFormat(text: string, format: string): TemplateDateTime {
  const number = Number(text);
  const whole: Readonly<Record<string, number>> = {
    '%s': number * 1000,
    '%s_as_float': number * 1000,
    '%ms': number,
    '%epoch_microseconds': number / 1000,
  };
  const ms = whole[format];
  const time =
    ms === undefined
      ? DateTime.fromFormat(text, luxonFormat(format).replace("SSS'000'", 'u'), { zone: 'utc' })
      : DateTime.fromMillis(ms, { zone: 'utc' });
  if (!time.isValid) throw new RangeError(`"${text}" does not match the format "${format}"`);
  return new TemplateDateTime(time);
}

/** Reads an ISO 8601 duration such as P1DT2H. Throws RangeError. */
export function parseDuration(text: string): TemplateDuration {
  const duration = Duration.fromISO(text);
  if (!duration.isValid) throw new RangeError(`"${text}" is not an ISO 8601 duration`);
  return new TemplateDuration(duration);
}

/** The moment `ms` milliseconds after the epoch, in a zone. */
export function momentAt(ms: number, zone = 'utc'): TemplateDateTime {
  return new TemplateDateTime(DateTime.fromMillis(ms, { zone }));
}
