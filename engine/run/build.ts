// Builds components from the validated tree: finds each by its type, compiles its templates, gives it its scope.
import type { Component } from '../components/component.ts';
import type { Authenticator, Change, Kind, Kinds, Slot } from '../components/kinds.ts';
import type { AdaptOptions, Inherited, Scope } from '../components/scope.ts';
import { fixedUrl } from '../components/url.ts';
import { SystemError } from '../errors.ts';
import { components } from '../generated/registry.ts';
import type { FieldSchema } from '../field-schema.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { compileTemplate, type Template } from '../text/template.ts';
import { adapt } from './adapt.ts';

const byType = new Map<string, Component>(components.map((component) => [component.type, component]));

/** Lets `$parameters` and the types that need not be said flow down from a component: a manifest's doing, handed in. */
export type Propagate = (node: JsonObject, options: AdaptOptions) => JsonObject;

/** What a scope has that is the same for all components. */
export interface Runtime extends Omit<
  Scope,
  'parameters' | 'build' | 'described' | 'adapted' | 'twins' | keyof Inherited
> {
  readonly propagate: Propagate;
}

export interface Builder {
  build<K extends Kind>(node: unknown, kind: K): Kinds[K];
  /** Gives back what the authenticators opened. */
  close(): Promise<void>;
}

/** Renders as the template does; an error names the template and the field it stands in. */
function named(template: Template, source: unknown, where: string): Template {
  const guard =
    <T>(method: (variables?: JsonObject) => T) =>
    (variables?: JsonObject): T => {
      try {
        return method(variables);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message.replace(/^\(unknown path\)\s*/, '') : String(cause);
        throw new SystemError(`The template ${JSON.stringify(source)} of ${where} cannot be rendered: ${reason}`, {
          cause,
        });
      }
    };
  return {
    isConstant: template.isConstant,
    mentions: template.mentions,
    render: guard((variables) => template.render(variables)),
    text: guard((variables) => template.text(variables)),
    isTrue: guard((variables) => template.isTrue(variables)),
  };
}

/** What a component is made of. Parameters that none of its templates asks for make no difference. */
function descriptionOf(node: JsonObject): string {
  const bare = JSON.stringify(node, (key, value: unknown) => (key === '$parameters' ? undefined : value));
  return bare.includes('parameters') ? JSON.stringify(node) : bare;
}

export function createBuilder(runtime: Runtime): Builder {
  // Authenticators that are described alike are one and the same: one login for all streams.
  const authenticators = new Map<string, Authenticator>();

  const counts = new Map<string, number>();
  const now = (): number => runtime.clock.now();

  function twins(description: unknown): () => number {
    const key = JSON.stringify(description);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return () => counts.get(key) ?? 1;
  }

  function compileField(schema: FieldSchema, value: unknown, parameters: JsonObject, where: string): unknown {
    if (schema['x-template'] && !(schema['x-slot'] && isJsonObject(value))) {
      const constants = { config: runtime.config, parameters };
      return named(compileTemplate(value, { constants, now }), value, where);
    }
    const { items, properties } = schema;
    if (items && Array.isArray(value)) return value.map((item) => compileField(items, item, parameters, where));
    if (!properties || !isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, compileField(properties[key] ?? {}, item, parameters, where)]),
    );
  }

  function construct(node: JsonObject, inherited: Inherited): unknown {
    const component = byType.get(String(node['type']));
    if (!component)
      throw new SystemError(`The manifest names a component that does not exist: "${String(node['type'])}".`);
    const parameters = isJsonObject(node['$parameters']) ? node['$parameters'] : {};
    const fields: JsonObject = {};
    for (const [name, schema] of Object.entries(component.fields as Record<string, FieldSchema>)) {
      if (node[name] === undefined) continue;
      fields[name] = compileField(schema, node[name], parameters, `${component.type}.${name}`);
    }
    const scope: Scope = {
      ...runtime,
      ...inherited,
      parameters,
      twins,
      described: (slot) => slot as unknown as JsonObject,
      adapted: <K extends Kind>(slot: Slot<K>, changes: readonly Change[], options: AdaptOptions) =>
        runtime.propagate(adapt(slot as unknown as JsonObject, changes, byType), options) as unknown as Slot<K>,
      build: <K extends Kind>(slot: Slot<K>, more?: Inherited) => make(slot, { ...inherited, ...more }) as Kinds[K],
    };
    return component.build(fields, scope);
  }

  function make(slot: unknown, inherited: Inherited): unknown {
    const node = slot as JsonObject;
    if (byType.get(String(node['type']))?.kind !== 'authenticator') return construct(node, inherited);
    const key = JSON.stringify([descriptionOf(node), fixedUrl(inherited.urlBase)]);
    const known = authenticators.get(key) ?? (construct(node, inherited) as Authenticator);
    authenticators.set(key, known);
    return known;
  }

  return {
    build: <K extends Kind>(node: unknown, kind: K) => {
      const type = isJsonObject(node) ? String(node['type']) : 'nothing';
      if (byType.get(type)?.kind !== kind) throw new SystemError(`The manifest has ${type} where a ${kind} has to be.`);
      return make(node, {}) as Kinds[K];
    },
    async close() {
      for (const authenticator of authenticators.values()) {
        try {
          await authenticator.close?.();
        } catch (thrown) {
          // What has been read is not worse for it, but the user should know.
          runtime.log(
            'WARN',
            `A session could not be closed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
          );
        }
      }
    },
  };
}
