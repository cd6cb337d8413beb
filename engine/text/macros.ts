// The functions that templates may call, with the reference engine's meaning (airbyte-cdk interpolation/macros.py).
import { randomUUID } from 'node:crypto';
import { momentAt, parseByFormat, parseDuration, parseIso, TemplateDateTime } from './datetime.ts';

/** Milliseconds since the epoch. */
export type Now = () => number;

const list = (args: unknown[]): number[] => (args.length === 1 && Array.isArray(args[0]) ? args[0] : args) as number[];

function formatDatetime(value: unknown, format: string, inputFormat?: string): string {
  if (value instanceof TemplateDateTime) return value.strftime(format);
  if (typeof value === 'number') return parseByFormat(String(value), inputFormat ?? '%s').strftime(format);
  const text = String(value);
  return (inputFormat === undefined ? parseIso(text) : parseByFormat(text, inputFormat)).strftime(format);
}

/** Lets a function be called with keyword arguments, which nunjucks passes as one last object. */
export function withKeywords(
  names: readonly string[],
  call: (...args: never[]) => unknown,
): (...args: never[]) => unknown {
  return (...args: unknown[]) => {
    const last = args.at(-1) as Record<string, unknown> | null | undefined;
    if (typeof last !== 'object' || last === null || !('__keywords' in last)) return call(...(args as never[]));
    const given = args.slice(0, -1);
    return call(...(names.map((name, index) => (index < given.length ? given[index] : last[name])) as never[]));
  };
}

/** The functions by name; `now` is the clock they read. */
export function macros(now: Now): Record<string, (...args: never[]) => unknown> {
  return {
    now_utc: () => momentAt(now()),
    today_utc: () => momentAt(now()).date(),
    today_with_timezone: (zone: string) => momentAt(now(), zone).date(),
    timestamp: (value: unknown) =>
      typeof value === 'number' ? Math.trunc(value) : parseIso(String(value)).timestamp(),
    str_to_datetime: (text: string) => parseIso(text),
    format_datetime: withKeywords(['dt', 'format', 'input_format'], formatDatetime),
    day_delta: withKeywords(['num_days', 'format'], (days: number, format = '%Y-%m-%dT%H:%M:%S.%f%z') =>
      momentAt(now() + days * 86_400_000).strftime(format),
    ),
    duration: (text: string) => parseDuration(text),
    max: (...args: unknown[]) => list(args).reduce((left, right) => (right > left ? right : left)),
    min: (...args: unknown[]) => list(args).reduce((left, right) => (right < left ? right : left)),
    // quote_plus of Python: of all marks only _.-~ stay
    sanitize_url: (text: string) =>
      new URLSearchParams([['', text]]).toString().slice(1).replaceAll('*', '%2A').replaceAll('%7E', '~'),
    camel_case_to_snake_case: (text: string) => text.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase(),
    generate_uuid: () => randomUUID(),
  };
}
