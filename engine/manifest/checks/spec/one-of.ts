// Alternatives of the form: a constant tells which one was chosen.
import { isJsonObject, type JsonObject } from '../../../text/json.ts';
import { nameOf, specCheck } from './spec-check.ts';

const propertiesOf = ({ properties }: JsonObject): JsonObject => (isJsonObject(properties) ? properties : {});

export const specOneOf = specCheck(
  'spec-one-of',
  {
    severity: 'error',
    summary: 'A oneOf of the spec that the form cannot show.',
    help: 'It needs "type: object" beside it, properties in each alternative, and exactly one property that has a const in every one of them; its default and enum, if there are any, are that const.',
  },
  function* (schema) {
    const { node, pointer } = schema;
    if (!Array.isArray(node['oneOf'])) return;
    const name = nameOf(schema);
    if (node['type'] !== 'object')
      yield { at: `${pointer}/oneOf`, of: 'key', message: `${name} has oneOf without "type: object" beside it` };
    const variants = node['oneOf'].map((variant) => (isJsonObject(variant) ? variant : {}));
    for (const [index, variant] of variants.entries()) {
      if (isJsonObject(variant['properties'])) continue;
      yield { at: `${pointer}/oneOf/${index}`, message: `an alternative of ${name} has no properties` };
    }
    const constants = Object.keys(propertiesOf(variants[0] ?? {})).filter((key) =>
      variants.every((variant) => {
        const property = propertiesOf(variant)[key];
        return isJsonObject(property) && 'const' in property;
      }),
    );
    const [constant, ...others] = constants;
    if (constant === undefined || others.length > 0) {
      const found = constant === undefined ? 'none' : constants.map((key) => `"${key}"`).join(', ');
      const message = `the alternatives of ${name} need exactly one property with a const in common; there is ${found}`;
      yield { at: `${pointer}/oneOf`, of: 'key', message };
      return;
    }
    for (const [index, variant] of variants.entries()) {
      const property = propertiesOf(variant)[constant] as JsonObject;
      const value = JSON.stringify(property['const']);
      const at = `${pointer}/oneOf/${index}/properties/${constant}`;
      if ('default' in property && JSON.stringify(property['default']) !== value)
        yield { at: `${at}/default`, message: `"${constant}" has the const ${value} and another default` };
      if ('enum' in property && JSON.stringify(property['enum']) !== `[${value}]`)
        yield { at: `${at}/enum`, message: `"${constant}" has the const ${value} and another enum` };
    }
  },
);
