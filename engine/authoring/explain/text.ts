// An explanation as a terminal shows it: YAML, with the place of each line beside it.
import { Document, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { pointerTo } from '../../manifest/origins.ts';
import type { Explanation, FieldNote, ValueOrigin } from './explain.ts';

/** Colours a text, or does not. */
export type Paint = (style: 'bold' | 'dim' | 'cyan' | 'yellow', text: string) => string;

/** Places further right than this are not put in line. */
const MAX_COLUMN = 72;

/** Texts longer than this are folded below their key, for a comment can stand behind that. */
const LONG = 70;

function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === 'string' && scalar.value.length > LONG) scalar.type = 'BLOCK_FOLDED';
    },
    Seq(_key, seq) {
      seq.flow = seq.items.every((item) => isScalar(item) && String(item.value).length < LONG / 4);
    },
  });
  return document.toString({ lineWidth: 110, singleQuote: true, flowCollectionPadding: false }).trimEnd();
}

/** The pointer of what begins on each line of YAML: the innermost. */
function pointersByLine(text: string): Map<number, string> {
  const lineCounter = new LineCounter();
  const found = new Map<number, string>();
  function note(node: unknown, pointer: string): void {
    if ((isScalar(node) || isCollection(node)) && node.range)
      found.set(lineCounter.linePos(node.range[0]).line, pointer);
  }
  function look(node: unknown, pointer: string): void {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const at = pointerTo(pointer, isScalar(key) ? String(key.value) : '');
        note(key, at);
        look(value, at);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        const at = pointerTo(pointer, index);
        note(item, at);
        look(item, at);
      });
    }
  }
  const { contents } = parseDocument(text, { lineCounter });
  note(contents, '');
  look(contents, '');
  return found;
}

function originText({ file, line, column, by }: ValueOrigin): string {
  const place = file === undefined || line === undefined || column === undefined ? '' : `${file}:${line}`;
  return [place, by && `by ${by}`].filter(Boolean).join(', ');
}

function valueText({ value, origins }: Explanation, paint: Paint): string {
  const text = yamlOf(value);
  const pointers = pointersByLine(text);
  const lines = text.split('\n');
  const column = Math.min(MAX_COLUMN, Math.max(...lines.map(({ length }) => length)));
  return lines
    .map((line, index) => {
      const pointer = pointers.get(index + 1);
      const origin = pointer === undefined ? undefined : origins[pointer];
      if (!origin) return line;
      const style = origin.by === undefined ? 'dim' : 'yellow';
      return `${line.padEnd(column)}  ${paint(style, `# ${originText(origin)}`)}`;
    })
    .join('\n');
}

function noteText(note: FieldNote, paint: Paint): string {
  const more = note.default === undefined ? '' : `, by default ${JSON.stringify(note.default)}`;
  return [
    `  ${paint('cyan', note.name)} ${paint('dim', `(${note.type}${more})`)}`,
    `    ${note.description}`,
    ...(note.variables ? [`    Templates know ${note.variables.join(', ')}.`] : []),
    ...(note.extension === undefined ? [] : [`    Airbyte's engine does not know it: there, ${note.extension}.`]),
  ].join('\n');
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');

/** The whole text, without a line break at its end. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const { path, component, field, place, uses, parameters, defaults, fields, otherFields } = explanation;
  const what = component ? (field ? `${field.name} of ${component.type}` : component.type) : 'a value';
  const used = uses > 1 ? ` It is used in ${uses} places; this is the first.` : '';
  return [
    `${paint('bold', path === '' ? 'the manifest' : path)}: ${what}, at ${place.file}:${place.line}:${place.column}.${used}`,
    ...(field ? [noteText(field, paint)] : component ? [component.summary] : []),
    '',
    valueText(explanation, paint),
    ...(parameters ? ['', paint('bold', 'Parameters in force:'), indented(yamlOf(parameters))] : []),
    ...(Object.keys(defaults).length > 0
      ? ['', paint('bold', 'Defaults that apply:'), indented(yamlOf(defaults))]
      : []),
    ...(fields.length > 0 ? ['', paint('bold', 'Fields:'), ...fields.map((note) => noteText(note, paint))] : []),
    ...(otherFields.length > 0 ? ['', `${paint('bold', 'Fields that are left out:')} ${otherFields.join(', ')}.`] : []),
  ].join('\n');
}
