// A JSON Schema as people write it: as JSON in the layout of a schema file, or as YAML.
import { Document, visit } from 'yaml';
import { isJsonObject, type JsonObject, stringifyJson } from '../../text/json.ts';

/** So long a list may be to stand on one line, as a formatter would have it. */
const LINE = 120;

function memberLines(value: JsonObject, indent: string): string[] {
  const entries = Object.entries(value).map(
    ([name, member]) => `${indent}  ${JSON.stringify(name)}: ${jsonText(member, `${indent}  `)}`,
  );
  return [`{\n${entries.join(',\n')}\n${indent}}`];
}

/** JSON in several lines: objects member by member, lists on one line where they fit. */
export function jsonText(value: unknown, indent = ''): string {
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? '{}' : memberLines(value, indent).join('');
  if (!Array.isArray(value)) return stringifyJson(value);
  const items = value.map((item: unknown) => jsonText(item, `${indent}  `));
  const line = `[${items.join(', ')}]`;
  if (!line.includes('\n') && indent.length + line.length <= LINE) return line;
  return `[\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}]`;
}

/** JSON on one line, with the blanks that people leave. */
export function jsonLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(', ')}]`;
  if (!isJsonObject(value)) return stringifyJson(value);
  const entries = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${jsonLine(member)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export function yamlText(value: JsonObject): string {
  const document = new Document(value);
  visit(document, {
    Seq(_, node) {
      node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false }).trimEnd();
}
