// YAML as people write it.
import { type CollectionTag, type ScalarTag, stringify } from 'yaml';
import { isLosslessNumber } from '../../text/json.ts';

/** Numbers that keep their digits. */
const digits: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: isLosslessNumber,
  resolve: (text) => text,
  stringify: ({ value }) => (isLosslessNumber(value) ? value.value : String(value)),
};

const tags = (known: (CollectionTag | ScalarTag)[]): (CollectionTag | ScalarTag)[] => [digits, ...known];

/** `schema`: what editors complete it with. */
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
