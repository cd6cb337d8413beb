// What `import … from` this package gives: read and check manifests, open a source, read its streams, run their tests.
// Nothing here writes to the standard output or ends the process.
export { type Manifest, readManifest, validate } from './api/manifest.ts';
export { openSource, type LogLevel, type Source, type SourceOptions } from './api/open-source.ts';
export { testStreams, type TestResult } from './api/test-streams.ts';
export type { JsonValue, ReadOptions, SourceRecord, SourceStream } from './api/types.ts';
export { ConfigError, EngineError, type FailureType, SystemError, TransientError } from './errors.ts';
export type { Diagnostic } from './manifest/diagnostic.ts';
