// A request and its reply, and what became of the reply.
import { STATUS_CODES } from 'node:http';
import type { ShownExchange } from '../trial/hide.ts';
import type { ShownChange, ShownEntry, ShownSelection } from '../trial/shown-trial.ts';
import { counted, cut, type Format, onOneLine, padEnd, type Screen, sizeOf, timeOf, widthOf } from './text.ts';

/** Lines of an excerpt, and of headers of a reply, unless all are asked for. */
const EXCERPT_LINES = 2;
/** Headers that say how reading goes on. */
const TELLING = /^(link|location|retry-after|.*rate-?limit.*|www-authenticate)$/;
/** Fields of which the change is shown. */
const MOST_CHANGES = 8;

const INDENT = '  ';

function colourOf(status: number | undefined): Format {
  if (status === undefined || status >= 400) return 'red';
  return status >= 300 ? 'yellow' : 'green';
}

/** The beginning of a body, in a few lines. */
function excerptLines(text: string, { width }: Screen, lines: number): string[] {
  let rest = onOneLine(text);
  const found: string[] = [];
  while (rest !== '' && found.length < lines) {
    const line = found.length === lines - 1 ? cut(rest, width) : cut(rest, width + 1).slice(0, -1) || rest;
    const isAll = widthOf(rest) <= width;
    found.push(isAll ? rest : line);
    rest = isAll ? '' : rest.slice(line.length);
  }
  return found;
}

function requestLines({ requestHeaders, requestBody }: ShownExchange, screen: Screen, isFull: boolean): string[] {
  const inner = { ...screen, width: screen.width - 4 };
  // Every request accepts everything.
  const told = requestHeaders.filter(([name]) => isFull || name !== 'accept');
  const headers = told.map(([name, value]) => cut(onOneLine(`${name}: ${value}`), inner.width));
  const body = requestBody === undefined ? [] : excerptLines(requestBody, inner, EXCERPT_LINES);
  return [...headers, ...body].map((line) => screen.paint('dim', `${INDENT}> ${line}`));
}

function replyLines(exchange: ShownExchange, screen: Screen, isFull: boolean): string[] {
  const { status, headers, bytes, isWhole, ms, failure, text } = exchange;
  const inner = { ...screen, width: screen.width - 4 };
  if (status === undefined)
    return [`${INDENT}< ${screen.paint('red', cut(`no answer: ${onOneLine(failure ?? '')}`, inner.width))}`];
  const type = headers.find(([name]) => name === 'content-type')?.[1];
  const size = isWhole ? sizeOf(bytes) : `${sizeOf(bytes)} read of it`;
  const facts = [
    timeOf(ms),
    size,
    type ?? 'no content type',
    ...(failure === undefined ? [] : [`broke off: ${failure}`]),
  ];
  const told = headers.filter(([name]) => (isFull ? name !== 'content-type' : TELLING.test(name)));
  return [
    `${INDENT}< ${screen.paint(colourOf(status), `${status} ${STATUS_CODES[status] ?? ''}`.trim())}  ${screen.paint('dim', facts.join('  '))}`,
    ...told.map(([name, value]) =>
      screen.paint('dim', `${INDENT}< ${cut(onOneLine(`${name}: ${value}`), inner.width)}`),
    ),
    ...excerptLines(text, inner, isFull ? 8 : EXCERPT_LINES).map((line) => screen.paint('dim', `${INDENT}< ${line}`)),
  ];
}

const signs = { added: '+', removed: '-', changed: '~' } as const;
const colours = { added: 'green', removed: 'red', changed: 'yellow' } as const;

function changeLines(changes: readonly ShownChange[], kept: number, screen: Screen): string[] {
  const first = changes.slice(0, MOST_CHANGES);
  const width = Math.min(30, Math.max(0, ...first.map(({ path }) => widthOf(path))));
  const lines = first.map(({ kind, path, before, after, count }) => {
    const times = count === kept ? '' : ` (in ${count} of ${kept})`;
    const room = screen.width - width - 6 - times.length;
    const values = [before, after].filter((value) => value !== undefined).map(onOneLine);
    const each = Math.floor((room - 3 * (values.length - 1)) / values.length);
    const text = values.map((value) => cut(value, each)).join(' → ');
    return `${INDENT}${screen.paint(colours[kind], `${signs[kind]} ${padEnd(cut(path, width), width)}`)}  ${text}${times}`;
  });
  const more = changes.length - first.length;
  return more > 0 ? [...lines, `${INDENT}  and ${counted(more, 'more field')}`] : lines;
}

function selectionLines(selection: ShownSelection, isRead: boolean, screen: Screen): string[] {
  const { path, found, kept, outside, condition, changes } = selection;
  const place = path === undefined ? '' : path.length === 0 ? ' at the top of the reply' : ` at ${path.join('.')}`;
  const cutOff = isRead ? '' : '; no further, for that is enough';
  const filtered = found - kept - outside;
  const lines = [`= ${counted(found, 'record')}${place}${cutOff}`];
  if (condition !== undefined) lines.push(`= ${filtered} left out by the filter ${condition}`);
  if (outside > 0) lines.push(`= ${outside} left out by the cursor`);
  if (changes.length > 0) lines.push(`= ${counted(changes.length, 'field')} changed by transformations:`);
  return [
    ...lines.map((line) => screen.paint('cyan', `${INDENT}${cut(onOneLine(line), screen.width - 2)}`)),
    ...changeLines(changes, kept, screen),
  ];
}

/** `isFull`: with all headers, and more of the body. */
export function exchangeLines({ exchange, selection }: ShownEntry, screen: Screen, isFull: boolean): string[] {
  const { method, url, purpose } = exchange;
  const label = `  ${purpose}`;
  const line = cut(`${method} ${url}`, Math.max(screen.width - widthOf(label), 40));
  return [
    `${screen.paint('bold', line)}${screen.paint('dim', label)}`,
    ...requestLines(exchange, screen, isFull),
    ...replyLines(exchange, screen, isFull),
    ...(selection ? selectionLines(selection, exchange.isWhole, screen) : []),
  ];
}
