// Metabase's paging: any of limit and offset in the query turns it on, the other then has its default.

const DEFAULT_LIMIT = 50;

type Page = { limit: number | null; offset: number | null };

/** Values that are no numbers count as absent. */
export function pageOf(query: URLSearchParams): Page {
  const [limit, offset] = ['limit', 'offset'].map((name) => integer(query.get(name)));
  if (limit === undefined && offset === undefined) return { limit: null, offset: null };
  return { limit: limit ?? DEFAULT_LIMIT, offset: offset ?? 0 };
}

export function pageRows<T>(rows: T[], { limit, offset }: Page): T[] {
  return limit === null || offset === null ? rows : rows.slice(offset, offset + limit);
}

function integer(value: string | null): number | undefined {
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}
