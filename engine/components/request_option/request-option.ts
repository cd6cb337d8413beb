// A place in a request where a value goes.
import { SystemError } from '../../errors.ts';
import { setAt } from '../../text/json-edit.ts';
import type { JsonObject } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import { choice, component, list, optional, template } from '../component.ts';

const place = { description: 'A key on the way to the value.' };

export default component({
  kind: 'request_option',
  type: 'RequestOption',
  summary: 'Says where in a request a value goes, and under which name.',
  fields: {
    inject_into: choice(
      {
        request_parameter: 'The query of the URL.',
        header: 'A header.',
        body_data: 'A field of a form body.',
        body_json: 'A field of a JSON body; field_path leads deeper.',
      },
      {
        description: 'The part of the request that takes the value.',
      },
    ),
    field_name: optional(
      template({
        description: 'Name of the parameter, header or field; left out, field_path says where.',
        examples: ['api_key'],
      }),
    ),
    field_path: optional(
      list(template(place), {
        description: 'Path of the field in a JSON body; left out, field_name says where.',
        examples: [['query', 'id']],
      }),
    ),
  },
  examples: ['inject_into: header\nfield_name: X-Api-Key', 'inject_into: body_json\nfield_path: [query, id]'],
  build({ inject_into, field_name, field_path }) {
    const path = field_path?.map((key) => key.text()) ?? [field_name?.text() ?? ''];
    const [name = ''] = path;
    if (name === '') throw new SystemError('RequestOption needs field_name or field_path.');
    return {
      parts(value) {
        switch (inject_into) {
          case 'header':
            return { headers: { [name]: pythonText(value) } };
          case 'request_parameter':
            return { params: { [name]: value } };
          case 'body_data':
            return { bodyForm: { [name]: value } };
          case 'body_json': {
            const bodyJson: JsonObject = {};
            setAt(bodyJson, path, value);
            return { bodyJson };
          }
        }
      },
    };
  },
});
