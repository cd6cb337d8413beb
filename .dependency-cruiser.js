// The arrows of the import graph: bin -> source -> run -> registry -> components -> text; source -> manifest; source -> protocol.
// errors.ts and field-schema.ts may be imported by all of engine/ but text. A component that holds another asks its scope to build it.
import { readFileSync } from 'node:fs';

const COMPONENT_FOLDER = '^engine/components/([^/]+)/[^/]+\\.ts$';
/** What programs import. */
const API = '^engine/(api/|index\\.ts$)';
const OURS = '^(engine|bin|scripts|test)/';

/** Files of components: what the registry imports. What else is in their folders are helpers of one kind. */
const registry = readFileSync(new URL('engine/generated/registry.ts', import.meta.url), 'utf8');
const components = [...registry.matchAll(/'\.\.\/(components\/[^/]+\/[^']+)'/g)].map(([, file]) => `^engine/${file}$`);

/** A rule: files of `from` import none of ours but those that `but` matches. */
const only = (name, comment, from, but) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: but },
});

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that import each other cannot be understood one at a time. Move what both need into a third.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { circular: true },
    },
    {
      name: 'no-circles-in-tests',
      comment: 'Test files may know the types of each other, not more.',
      severity: 'error',
      from: { path: '^test/' },
      to: { circular: true, dependencyTypesNot: ['type-only'], viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('text-is-alone', 'engine/text imports nothing of ours but what it is compiled to.', '^engine/text/', [
      '^engine/text/',
      '^engine/generated/json-walk\\.ts$',
    ]),
    only('errors-are-alone', 'errors.ts imports nothing of ours.', '^engine/(errors|field-schema)\\.ts$', '^$'),
    only('protocol-is-alone', 'The protocol knows messages only.', '^engine/protocol/', [
      '^engine/(protocol|text)/',
      '^engine/(errors|field-schema)\\.ts$',
    ]),
    only('manifest-is-alone', 'Reading a manifest knows no component and runs nothing.', '^engine/manifest/', [
      '^engine/(manifest|text)/',
      '^engine/(errors|field-schema)\\.ts$',
    ]),
    only('components-know-text-only', 'Components never import run, manifest or protocol.', '^engine/components/', [
      '^engine/(components|text)/',
      '^engine/(errors|field-schema)\\.ts$',
    ]),
    {
      name: 'components-are-apart',
      comment: 'A component imports nothing from the folder of another kind: it asks its scope to build what it holds.',
      severity: 'error',
      from: { path: COMPONENT_FOLDER },
      to: { path: COMPONENT_FOLDER, pathNot: '^engine/components/$1/' },
    },
    {
      name: 'registry-lists-components',
      comment: 'Only the registry imports components.',
      severity: 'error',
      from: { path: '^(engine|bin)/', pathNot: '^engine/generated/registry\\.ts$' },
      to: { path: components },
    },
    {
      name: 'helpers-stay-home',
      comment: 'What stands in the folder of a kind is for that kind. Move what others need into engine/components/.',
      severity: 'error',
      from: { path: '^(engine|bin)/', pathNot: ['^engine/components/[^/]+/', '^engine/generated/registry\\.ts$'] },
      to: { path: COMPONENT_FOLDER, pathNot: components },
    },
    only('run-knows-components', 'Running never reads a manifest, and writes through the protocol.', '^engine/run/', [
      '^engine/(run|components|text|protocol|generated)/',
      '^engine/(errors|field-schema)\\.ts$',
    ]),
    {
      name: 'testing-is-on-top',
      comment: 'The tests of streams are run by the command line and by our own tests; reading works without them.',
      severity: 'error',
      from: { path: '^engine/', pathNot: ['^engine/(testing|authoring)/', API] },
      to: { path: '^engine/testing/' },
    },
    {
      name: 'api-is-on-top',
      comment: 'What programs import is made of the engine; nothing of the engine is made of it.',
      severity: 'error',
      from: { path: '^engine/', pathNot: API },
      to: { path: API },
    },
    {
      name: 'authoring-is-on-top',
      comment: 'What authors of manifests use is run by the command line; reading works without it.',
      severity: 'error',
      from: { path: '^engine/', pathNot: '^engine/authoring/' },
      to: { path: '^engine/authoring/' },
    },
    {
      name: 'sync-is-on-top',
      comment: 'Reading works without what writes into files and databases.',
      severity: 'error',
      from: { path: '^engine/', pathNot: '^engine/sync/' },
      to: { path: '^engine/sync/' },
    },
    only('engine-is-alone', 'The engine imports no command line, no script and no test.', '^engine/', '^engine/'),
    only('engine-within-bin', 'The command line imports the engine only.', '^bin/', ['^(engine|bin)/']),
    {
      name: 'resolvable',
      comment: 'An import names a file that exists, or a package of package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
