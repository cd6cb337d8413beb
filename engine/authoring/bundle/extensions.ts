// The fields of a manifest that the reference engine does not know: where they are, and a document without them.
import { type Document, isNode, isSeq, type Pair, visit } from 'yaml';
import type { FieldSchema } from '../../field-schema.ts';
import type { Language } from '../../manifest/language.ts';
import { createLoader, sourceFile } from '../../manifest/load.ts';
import { pointerTo } from '../../manifest/origins.ts';
import { propagate } from '../../manifest/parameters.ts';
import { resolveManifest } from '../../manifest/resolve.ts';
import { contentsOf, keyText, offsetOf } from '../../manifest/source-node.ts';
import { heldBy } from '../../manifest/walk.ts';
import { isJsonObject } from '../../text/json.ts';

export interface ExtensionField {
  readonly pointer: string;
  /** Type of the component that has it. */
  readonly component: string;
  readonly field: string;
  readonly value: unknown;
  readonly extension: NonNullable<FieldSchema['x-extension']>;
}

/** The extensions in a component and in those it holds, in their order; not those inside of an extension. */
export function extensionsIn(node: unknown, pointer: string, language: Pick<Language, 'components'>): ExtensionField[] {
  const description = isJsonObject(node) ? language.components.get(String(node['type'])) : undefined;
  if (!isJsonObject(node) || !description) return [];
  return Object.entries(description.fields).flatMap(([field, schema]) => {
    if (!(field in node)) return [];
    const at = pointerTo(pointer, field);
    const extension = schema['x-extension'];
    if (extension) return [{ pointer: at, component: description.type, field, value: node[field], extension }];
    return heldBy(node, field, schema, at).flatMap((held) => extensionsIn(held.node, held.pointer, language));
  });
}

/** The manifest that a text without references to files holds, without extensions. */
export function withoutExtensions(text: string, language: Pick<Language, 'components'>): Document {
  const source = sourceFile('manifest.yaml', text);
  const { document } = source;
  // Without a field that hid the one of its reference, that one is met: again, until there is none.
  for (;;) {
    const { tree, origins } = resolveManifest({ ...source, contents: contentsOf(document) }, createLoader());
    const found = extensionsIn(propagate(tree, origins, language), '', language);
    const offsets = new Map(found.map((extension) => [origins.get(extension.pointer)?.key?.offset, extension]));
    if (!removeFields(document, offsets)) return document;
  }
}

/** Takes out the fields whose names stand there, but no parameters: they may be meant for something else too. */
function removeFields(document: Document, at: ReadonlyMap<number | undefined, ExtensionField>): boolean {
  let isChanged = false;
  const extensionAt = ({ key }: Pair): ExtensionField | undefined => (isNode(key) ? at.get(offsetOf(key)) : undefined);
  function remove(): symbol {
    isChanged = true;
    return visit.REMOVE;
  }
  visit(document, {
    Map(_key, { items }, path) {
      const isOwned = items.some((pair) => {
        const found = extensionAt(pair);
        return found?.extension.ownsComponent === true && found.value !== false;
      });
      return isOwned && isSeq(path.at(-1)) ? remove() : undefined;
    },
    Pair(_key, pair) {
      if (keyText(pair.key) === '$parameters') return visit.SKIP;
      return extensionAt(pair) ? remove() : undefined;
    },
  });
  return isChanged;
}
