// The checks, in the order in which their problems are listed.
import type { Check } from './check.ts';
import { keyPaths } from './key-paths.ts';
import { keysInSchema } from './keys-in-schema.ts';
import { parentKey } from './parent-key.ts';
import { schemas } from './schemas.ts';
import { specDates } from './spec/dates.ts';
import { specKeywords } from './spec/keywords.ts';
import { specLayout } from './spec/layout.ts';
import { specOAuth } from './spec/oauth.ts';
import { specOneOf } from './spec/one-of.ts';
import { specSecret } from './spec/secret.ts';
import { specTypes } from './spec/types.ts';
import { streamNames } from './stream-names.ts';
import { unusedDefinitions } from './unused-definitions.ts';
import { unusedFiles } from './unused-files.ts';
import { unusedParameters } from './unused-parameters.ts';

export const checks: readonly Check[] = [
  ...[streamNames, keyPaths, parentKey],
  ...[schemas, keysInSchema],
  ...[specOneOf, specSecret, specTypes, specKeywords, specLayout, specDates, specOAuth],
  ...[unusedDefinitions, unusedFiles, unusedParameters],
];
