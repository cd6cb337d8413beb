// What a terminal shows, as SVG: text with the colours of ANSI codes, legible on light and on dark pages.
import { stripVTControlCharacters } from 'node:util';

export interface Screen {
  /** The command line that is shown above. */
  readonly command: string;
  /** What it printed, with its colours. */
  readonly output: string;
}

const [FONT_SIZE, LINE, ADVANCE, MARGIN, BAR] = [13, 19, 7.83, 18, 30];

/** Characters in a line: as many as can still be read in the column of a page. */
export const COLUMNS = 100;

/** The colours of a terminal with a dark ground; the picture brings its own ground, so both kinds of page suit it. */
const GROUND = '#1b1f27';
const TEXT = '#d7dce5';
const COLOURS: Readonly<Record<number, string>> = {
  30: '#7d8799',
  31: '#ff7b72',
  32: '#7ee08a',
  33: '#f2cc60',
  34: '#79b8ff',
  35: '#d2a8ff',
  36: '#66d9e8',
  37: TEXT,
  90: '#98a2b3',
  91: '#ff9d96',
  92: '#a5eeb0',
  93: '#ffe08a',
  94: '#a5d0ff',
  95: '#e2c5ff',
  96: '#99e9f2',
  97: '#ffffff',
};

interface Style {
  colour: string | undefined;
  isBold: boolean;
  isDim: boolean;
  isUnderlined: boolean;
}

const plain = (): Style => ({ colour: undefined, isBold: false, isDim: false, isUnderlined: false });

/** The style after one SGR code, such as 31 for red and 39 for no colour. */
function after(style: Style, code: number): Style {
  if (code === 0) return plain();
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 4) return { ...style, isUnderlined: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 24) return { ...style, isUnderlined: false };
  if (code === 39) return { ...style, colour: undefined };
  return COLOURS[code] === undefined ? style : { ...style, colour: COLOURS[code] };
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function span(text: string, { colour, isBold, isDim, isUnderlined }: Style): string {
  const attributes = [
    colour === undefined ? '' : ` fill="${colour}"`,
    isBold ? ' font-weight="600"' : '',
    isDim ? ' opacity="0.7"' : '',
    isUnderlined ? ' text-decoration="underline"' : '',
  ].join('');
  return attributes === '' ? escaped(text) : `<tspan${attributes}>${escaped(text)}</tspan>`;
}

/** A line with its codes as spans; the style goes on in the next line. */
function spansOf(line: string, start: Style): { text: string; end: Style } {
  let style = start;
  let text = '';
  for (const [, codes, words] of line.matchAll(/(?:\x1b\[([\d;]*)m)?([^\x1b]*)/g)) {
    if (codes !== undefined) style = codes.split(';').map(Number).reduce(after, style);
    if (words !== undefined && words !== '') text += span(words, style);
  }
  return { text, end: style };
}

/** A line as a terminal shows it that is not wide enough, but broken at a blank where there is one. Codes take no place. */
function wrapped(line: string): string[] {
  let [width, blank] = [0, 0];
  for (const { 0: part, index } of line.matchAll(/\x1b\[[\d;]*m|./g)) {
    if (part.length > 1) continue;
    if (width === COLUMNS) {
      const end = blank || index;
      return [line.slice(0, end), ...wrapped(line.slice(end).trimStart())];
    }
    if (part === ' ') blank = index;
    width += 1;
  }
  return [line];
}

/** A picture of commands and what they printed. */
export function svgOf(title: string, screens: readonly Screen[]): string {
  const lines = screens.flatMap(({ command, output }, index) => [
    ...(index > 0 ? [''] : []),
    `\x1b[32m$\x1b[39m \x1b[1m${command}\x1b[22m`,
    ...output.trimEnd().split('\n').flatMap(wrapped),
  ]);
  let style = plain();
  const rows = lines.map((line, index) => {
    const { text, end } = spansOf(line, style);
    style = end;
    const y = BAR + MARGIN + index * LINE;
    return text === '' ? '' : `<text x="${MARGIN}" y="${y}" xml:space="preserve">${text}</text>`;
  });
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const [width, height] = [Math.ceil(columns * ADVANCE + 2 * MARGIN), BAR + MARGIN + lines.length * LINE];
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, index) => `<circle cx="${18 + index * 18}" cy="15" r="5.5" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${GROUND}"/>
${dots.join('')}
<g fill="${TEXT}" font-size="${FONT_SIZE}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace">
${rows.filter((row) => row !== '').join('\n')}
</g>
</svg>
`;
}
