import type { VerbGroup } from '../verb.ts';
import connector from './new-connector.ts';
import stream from './new-stream.ts';

const group: VerbGroup = {
  name: 'new',
  summary: 'Writes a connector, or a stream of one: a manifest, schemas and tests to begin with.',
  verbs: [connector, stream],
};

export default group;
