// The Link header (RFC 8288) as templates see it: `headers.link.next.url`.

const trimmed = (text: string, marks: RegExp): string => text.trim().replaceAll(marks, '');

/** The links by their rel, or by their URL where they have none. */
export function linksIn(header: string): Record<string, Record<string, string>> {
  const links: Record<string, Record<string, string>> = {};
  for (const part of header.split(/,\s*(?=<)/)) {
    const [url = '', ...parameters] = part.split(';');
    if (url.trim() === '') continue;
    const link: Record<string, string> = { url: trimmed(url, /^<|>$/g) };
    for (const parameter of parameters) {
      const at = parameter.indexOf('=');
      if (at > 0) link[parameter.slice(0, at).trim()] = trimmed(parameter.slice(at + 1), /^["']|["']$/g);
    }
    links[link['rel'] ?? link['url'] ?? ''] = link;
  }
  return links;
}
