// The language that this engine interprets: its components and their precompiled validators, as the manifest rooms see them.
import { components } from './generated/registry.ts';
import * as validators from './generated/validators.js';
import type { ComponentDescription, Language } from './manifest/language.ts';
import { templateProblems } from './text/template-problems.ts';

const descriptions = components as unknown as readonly ComponentDescription[];

export const language: Language = {
  components: new Map(descriptions.map((description) => [description.type, description])),
  validators,
  templateProblems,
};
