// The comment at the head of the file of a stream: what the stream is, for its readers.

export interface HeadComment {
  /** What the stream is: the first sentence of the paragraphs. */
  readonly summary: string;
  readonly paragraphs: readonly string[];
  /** `Rights: …`, `Versions: …`, `Requests: …`, `Personal data: …` */
  readonly facts: ReadonlyMap<string, string>;
}

const LABELS = /^(Rights|Versions|Requests|Personal data): +(.*)$/;

/** Reads the comment at the head of a stream's YAML. An empty comment line ends a paragraph or a fact. */
export function headCommentOf(yaml: string): HeadComment {
  const lines = yaml.split('\n').slice(
    0,
    yaml.split('\n').findIndex((line) => !line.startsWith('#')),
  );
  const parts: { label: string; text: string }[] = [];
  let isOpen = false;
  for (const line of lines.map((text) => text.replace(/^#\s?/, '').trim())) {
    if (line.startsWith('yaml-language-server:')) continue;
    const [, label = '', text = line] = LABELS.exec(line) ?? [];
    const last = isOpen ? parts.at(-1) : undefined;
    if (line !== '' && label === '' && last) last.text += ` ${line}`;
    else if (line !== '') parts.push({ label, text });
    isOpen = line !== '';
  }
  const paragraphs = parts.filter(({ label }) => label === '').map(({ text }) => text);
  return {
    paragraphs,
    summary: /^.*?[.](?=\s|$)/.exec(paragraphs[0] ?? '')?.[0] ?? paragraphs[0] ?? '',
    facts: new Map(parts.filter(({ label }) => label !== '').map(({ label, text }) => [label, text])),
  };
}
