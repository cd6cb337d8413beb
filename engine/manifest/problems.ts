// The kinds of problems that are found where a manifest is read: what they are, and what to do. A check brings its own.

export interface Problem {
  /** What `validate` makes of it. */
  readonly severity: 'error' | 'warning';
  /** What is wrong, without the details of one case. */
  readonly summary: string;
  /** Why it matters and what to do. */
  readonly help: string;
}

export const readingProblems: Readonly<Record<string, Problem>> = {
  file: { severity: 'error', summary: 'A file cannot be read.', help: 'Check the path, and that it may be read.' },
  empty: {
    severity: 'error',
    summary: 'The manifest is empty.',
    help: 'A manifest says at least its version, its check and its streams.',
  },
  yaml: {
    severity: 'error',
    summary: 'A file is not YAML, or not JSON.',
    help: 'Other problems of the file show once it can be read. Text that begins with {{ needs quotes.',
  },
  alias: {
    severity: 'error',
    summary: 'A YAML alias names an anchor that is not there.',
    help: 'An anchor (&name) has to stand above its alias (*name), in the same file.',
  },
  'ref-file': {
    severity: 'error',
    summary: 'A $ref names a file that is not there.',
    help: 'The path is taken from the folder of the file that the $ref stands in.',
  },
  'ref-missing': {
    severity: 'error',
    summary: 'A $ref leads nowhere.',
    help: '#/… always means the root of the manifest, also in the files that it refers to.',
  },
  'ref-circular': {
    severity: 'error',
    summary: 'A $ref leads back to itself.',
    help: 'Take one of the references of the circle away.',
  },
  'ref-type': {
    severity: 'error',
    summary: 'A $ref is no text.',
    help: 'Write "#/definitions/…" or the path of a file.',
  },
  'missing-type': {
    severity: 'error',
    summary: 'A component does not say its type.',
    help: 'Where several components can stand, type says which one it is.',
  },
  'unknown-type': {
    severity: 'error',
    summary: 'There is no component of this type.',
    help: 'The components that can stand here are named; look for a slip of the pen.',
  },
  'wrong-kind': {
    severity: 'error',
    summary: 'A component stands where another kind of component belongs.',
    help: 'Look where the component is to stand, or which one is to stand here.',
  },
  'not-supported': {
    severity: 'error',
    summary: 'A part of the language that this engine does not have.',
    help: 'The manifest cannot run here with it. Custom… components need Python code and never can.',
  },
  'missing-field': { severity: 'error', summary: 'A field that a component needs is missing.', help: 'Add the field.' },
  'misspelt-field': {
    severity: 'error',
    summary: 'A field that the component does not have, and that is near one it has.',
    help: 'It is most likely a slip, and what was meant does not happen. A manifest with it runs all the same, with a warning.',
  },
  'unknown-field': {
    severity: 'warning',
    summary: 'A field that the component does not have.',
    help: 'It has no effect.',
  },
  'wrong-type': {
    severity: 'error',
    summary: 'A value of the wrong type.',
    help: 'Write the value as the message says.',
  },
  'wrong-value': {
    severity: 'error',
    summary: 'A value that is not allowed here.',
    help: 'Use one of the values that the message names.',
  },
  'missing-file': {
    severity: 'error',
    summary: 'A component names a file that is not there.',
    help: 'The path is taken from the folder of the manifest.',
  },
  'unknown-stream': {
    severity: 'error',
    summary: 'A name that no stream has.',
    help: 'The streams are those of the list streams in the manifest, by their names.',
  },
  'template-syntax': {
    severity: 'error',
    summary: 'A template does not parse.',
    help: 'A template is Jinja: {{ … }} puts a value in, {% … %} decides.',
  },
  'template-name': {
    severity: 'error',
    summary: 'A template uses a name that is not known in its place.',
    help: 'Each place knows its own variables; the message lists them.',
  },
  'template-filter': {
    severity: 'error',
    summary: 'A template uses a filter or a test that does not exist.',
    help: 'The filters are those of Jinja and of the reference engine.',
  },
};
