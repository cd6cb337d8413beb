// What `value_type` makes of a value that a template gave.
import { SystemError } from '../errors.ts';
import { isLosslessNumber } from '../text/json.ts';
import { pythonText } from '../text/python.ts';
import type { Template, Variables } from '../text/template.ts';
import { choice, optional } from './component.ts';

/** The field `value_type` of a component. */
export const valueType = optional(
  choice(
    {
      string: 'Text, as the template prints it.',
      number: 'A number; text that is none is an error.',
      integer: 'A whole number; text that is none is an error.',
      boolean: 'True or false, as a condition takes the value.',
    },
    { description: 'Type to turn the value into; left out, the value keeps its own.' },
  ),
);

function asNumber(value: unknown, isRight: (number: unknown) => boolean): unknown {
  if (isLosslessNumber(value)) return value;
  const number = Number(pythonText(value));
  if (pythonText(value).trim() === '' || !isRight(number)) {
    throw new SystemError(`"${pythonText(value)}" is no number, which value_type asks for.`);
  }
  return number;
}

const conversions: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: pythonText,
  integer: (value) => asNumber(value, Number.isInteger),
  number: (value) => asNumber(value, Number.isFinite),
};

/** The value of a template, turned into a type; one that is not there is null. Throws SystemError. */
export function typedValue(value: Template, type: string | undefined): (variables: Variables) => unknown {
  if (type === 'boolean') return (variables) => value.isTrue(variables);
  const convert = conversions[type ?? ''] ?? ((rendered: unknown) => rendered ?? null);
  return (variables) => convert(value.render(variables));
}
