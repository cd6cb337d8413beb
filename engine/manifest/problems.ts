// Every kind of problem that `validate` names: what it is, and what to do. SARIF's rules and docs/problems.md are made of it.

export interface Problem {
  /** What is wrong, without the details of one case. */
  readonly summary: string;
  /** Why it matters and what to do. */
  readonly help: string;
}

export const problems: Readonly<Record<string, Problem>> = {
  file: { summary: 'A file cannot be read.', help: 'Check the path, and that it may be read.' },
  empty: {
    summary: 'The manifest is empty.',
    help: 'A manifest says at least its version, its check and its streams.',
  },
  yaml: {
    summary: 'A file is not YAML, or not JSON.',
    help: 'Other problems of the file show once it can be read. Text that begins with {{ needs quotes.',
  },
  alias: {
    summary: 'A YAML alias names an anchor that is not there.',
    help: 'An anchor (&name) has to stand above its alias (*name), in the same file.',
  },
  'ref-file': {
    summary: 'A $ref names a file that is not there.',
    help: 'The path is taken from the folder of the file that the $ref stands in.',
  },
  'ref-missing': {
    summary: 'A $ref leads nowhere.',
    help: '#/… always means the root of the manifest, also in the files that it refers to.',
  },
  'ref-circular': {
    summary: 'A $ref leads back to itself.',
    help: 'Take one of the references of the circle away.',
  },
  'ref-type': {
    summary: 'A $ref is no text.',
    help: 'Write "#/definitions/…" or the path of a file.',
  },
  'missing-type': {
    summary: 'A component does not say its type.',
    help: 'Where several components can stand, type says which one it is.',
  },
  'unknown-type': {
    summary: 'There is no component of this type.',
    help: 'The components that can stand here are named; look for a slip of the pen.',
  },
  'wrong-kind': {
    summary: 'A component stands where another kind of component belongs.',
    help: 'Look where the component is to stand, or which one is to stand here.',
  },
  'not-supported': {
    summary: 'A part of the language that this engine does not have.',
    help: 'The manifest cannot run here with it. Custom… components need Python code and never can.',
  },
  'missing-field': { summary: 'A field that a component needs is missing.', help: 'Add the field.' },
  'unknown-field': {
    summary: 'A field that the component does not have.',
    help: 'It has no effect. If it is near a known field, it is most likely a slip, and what was meant does not happen.',
  },
  'wrong-type': { summary: 'A value of the wrong type.', help: 'Write the value as the message says.' },
  'wrong-value': {
    summary: 'A value that is not allowed here.',
    help: 'Use one of the values that the message names.',
  },
  'missing-file': {
    summary: 'A component names a file that is not there.',
    help: 'The path is taken from the folder of the manifest.',
  },
  'unknown-stream': {
    summary: 'A name that no stream has.',
    help: 'The streams are those of the list streams in the manifest, by their names.',
  },
  'template-syntax': {
    summary: 'A template does not parse.',
    help: 'A template is Jinja: {{ … }} puts a value in, {% … %} decides.',
  },
  'template-name': {
    summary: 'A template uses a name that is not known in its place.',
    help: 'Each place knows its own variables; the message lists them.',
  },
  'template-filter': {
    summary: 'A template uses a filter or a test that does not exist.',
    help: 'The filters are those of Jinja and of the reference engine.',
  },
};
