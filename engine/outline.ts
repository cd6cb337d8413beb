// The language as it is in `language.ts`, but light: without the code of components and what is told of them to people. It is there
// in a tenth of the time.
import outline from './generated/outline.json' with { type: 'json' };
import * as validators from './generated/validators.js';
import type { ComponentDescription, Language } from './manifest/language.ts';

const descriptions = outline as unknown as readonly ComponentDescription[];

/** What components are and may hold, without descriptions, defaults and examples of fields. */
export const outlined: Pick<Language, 'components' | 'validators'> = {
  components: new Map(descriptions.map((description) => [description.type, description])),
  validators,
};
