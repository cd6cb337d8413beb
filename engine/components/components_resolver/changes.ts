// What the mappings of a resolver make of the values of one stream.
import type { JsonObject } from '../../text/json.ts';
import type { Variables } from '../../text/template.ts';
import { slots } from '../component.ts';
import type { Kinds, Resolved, Slot } from '../kinds.ts';
import type { Scope } from '../scope.ts';

export const components_mapping = slots('component_mapping', {
  description: 'What goes where in the template of the stream.',
  defaultType: 'ComponentMappingDefinition',
});

/** Says what each stream changes of the template, from the variables that its values are. */
export function changesBy(mappings: readonly Slot<'component_mapping'>[], scope: Scope) {
  const built: Kinds['component_mapping'][] = mappings.map((mapping) => scope.build(mapping));
  return (template: JsonObject, variables: Variables): Resolved => {
    const context = { ...variables, stream_template_config: template };
    return { variables: context, changes: built.flatMap((mapping) => mapping.change(context) ?? []) };
  };
}
