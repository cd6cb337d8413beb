// A schema in a JSON file beside the manifest.
import { SystemError } from '../../errors.ts';
import { isJsonObject, parseJson } from '../../text/json.ts';
import { component, optional, template } from '../component.ts';

export default component({
  kind: 'schema_loader',
  type: 'JsonFileSchemaLoader',
  summary: 'Reads the JSON Schema of the records from a file.',
  fields: {
    file_path: optional(
      template({
        description: 'Path of the file, from the manifest; left out, schemas/ and the name of the stream.',
        isFile: true,
        examples: ['./schemas/users.json', "./schemas/{{ parameters['name'] }}.json"],
      }),
    ),
  },
  examples: ['file_path: ./schemas/users.json'],
  build: ({ file_path }, scope) => ({
    load() {
      const path = file_path?.text() ?? `./schemas/${scope.streamName ?? ''}.json`;
      const schema = parseJson(scope.readFile(path));
      if (isJsonObject(schema)) return schema;
      throw new SystemError(`The schema file ${path} holds no JSON object. Correct it.`);
    },
  }),
});
