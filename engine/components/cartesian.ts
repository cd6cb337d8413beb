// Several partition routers as one: every combination of their partitions.
import type { Partition, PartitionRouter } from './kinds.ts';
import { mergeParts } from './parts.ts';

async function* combinations(routers: readonly PartitionRouter[]): AsyncIterable<Partition> {
  const [first, ...rest] = routers;
  if (!first) {
    yield { values: {}, extraFields: {} };
    return;
  }
  for await (const outer of first.partitions()) {
    for await (const inner of combinations(rest)) {
      yield {
        values: { ...inner.values, ...outer.values },
        extraFields: { ...inner.extraFields, ...outer.extraFields },
        parentRecord: outer.parentRecord ?? inner.parentRecord,
      };
    }
  }
}

/** Where two routers say the same thing, the first one wins. No router at all gives one empty partition. */
export function cartesianRouter(routers: readonly PartitionRouter[]): PartitionRouter {
  const [only, ...others] = routers;
  if (only && others.length === 0) return only;
  return {
    partitions: () => combinations(routers),
    isOffered: routers.find(({ isOffered }) => isOffered)?.isOffered,
    inject: (partition) => mergeParts(...routers.map((router) => router.inject(partition))),
  };
}
