// A moment, kept between two others.
import type { Template } from '../../text/template.ts';
import { component, optional, template, text } from '../component.ts';
import { momentOf } from '../moment.ts';

export default component({
  kind: 'datetime',
  type: 'MinMaxDatetime',
  summary: 'A moment, moved to the nearest one that is allowed.',
  fields: {
    datetime: template({ description: 'The moment.', examples: ["{{ config['start_date'] }}", '{{ now_utc() }}'] }),
    datetime_format: optional(
      text({ description: 'Its format; left out, that of the cursor.', examples: ['%Y-%m-%dT%H:%M:%SZ', '%s'] }),
    ),
    min_datetime: optional(
      template({
        description: 'The earliest moment that is allowed; left out or empty, any.',
        examples: ['{{ day_delta(-30) }}'],
      }),
    ),
    max_datetime: optional(
      template({
        description: 'The latest moment that is allowed; left out or empty, any.',
        examples: ['{{ now_utc() }}'],
      }),
    ),
  },
  examples: [
    'datetime: "2024-01-01"\ndatetime_format: "%Y-%m-%d"',
    'datetime: "{{ day_delta(-1) }}"\nmin_datetime: "{{ day_delta(-30) }}"',
  ],
  build: ({ datetime, datetime_format, min_datetime, max_datetime }) => ({
    moment(formatOfHolder) {
      const format = datetime_format ?? formatOfHolder;
      const limit = (template: Template | undefined, otherwise: number): number =>
        template === undefined || template.text() === '' ? otherwise : momentOf(template, format);
      const moment = Math.max(momentOf(datetime, format), limit(min_datetime, -Infinity));
      return Math.min(moment, limit(max_datetime, Infinity));
    },
  }),
});
