// Joins URLs as the language says.
import type { Template } from '../text/template.ts';

/** `base` and `path` with one slash between them; a path that is a whole URL stands alone, an empty one leaves the base as it is. */
export function joinUrl(base: string, path: string): string {
  const relative = path.replace(/^\/+/, '');
  if (relative === '') return base;
  if (base === '' || /^https?:\/\//.test(relative)) return relative;
  return base.endsWith('/') ? base + relative : `${base}/${relative}`;
}

/** Where a link of a reply leads: a whole URL, or a path below `base`; one that begins with a slash is a path of the host. */
export function followUrl(base: string, link: string): string {
  const start = base.endsWith('/') ? base : `${base}/`;
  return URL.canParse(link, start) ? new URL(link, start).href : link;
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

/** The URL of a template that needs no partition; undefined for one that does, or that gives no URL. */
export function fixedUrl(template: Template | undefined): URL | undefined {
  try {
    return template && new URL(template.text());
  } catch {
    return undefined;
  }
}
