// The files of a stream as text: the stream, its schema and its test.
import { type CollectionTag, type ScalarTag, stringify } from 'yaml';
import { isLosslessNumber, type JsonObject } from '../../text/json.ts';

/** Numbers that keep their digits. */
const digits: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: isLosslessNumber,
  resolve: (text) => text,
  stringify: ({ value }) => (isLosslessNumber(value) ? value.value : String(value)),
};

const tags = (known: (CollectionTag | ScalarTag)[]): (CollectionTag | ScalarTag)[] => [digits, ...known];

/** YAML as people write it. `schema`: what editors complete it with. */
export function yamlText(value: unknown, schema: string | undefined): string {
  const head = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  const text = stringify(value, {
    customTags: tags as never,
    lineWidth: 0,
    singleQuote: true,
    aliasDuplicateObjects: false,
  });
  return head + text;
}

/** JSON with short lists on one line. */
export const schemaText = (schema: JsonObject): string =>
  `${JSON.stringify(schema, null, 2).replaceAll(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s*\n\s*/g, ' ')}]`)}\n`;
