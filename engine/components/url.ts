// Joins URLs as the language says.

/** `base` and `path` with one slash between them; a path that is a whole URL stands alone, an empty one leaves the base as it is. */
export function joinUrl(base: string, path: string): string {
  const relative = path.replace(/^\/+/, '');
  if (relative === '') return base;
  if (base === '' || /^https?:\/\//.test(relative)) return relative;
  return base.endsWith('/') ? base + relative : `${base}/${relative}`;
}

/** True for an address of this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
