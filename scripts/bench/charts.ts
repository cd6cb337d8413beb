// The results as charts: bars, one colour for each program, as SVG texts by file name.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Case } from './cases.ts';
import type { ProgramName } from './programs.ts';
import type { CaseResult } from './results.ts';

interface Bar {
  readonly row: string;
  readonly program: ProgramName;
  readonly value: number;
}

interface Chart {
  readonly file: string;
  readonly title: string;
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly digits: number;
}

const COLOURS: Record<ProgramName, string> = {
  'source-metabase': '#2563eb',
  'same manifest': '#0d9488',
  floor: '#94a3b8',
  'node -e 0': '#94a3b8',
  reference: '#f59e0b',
};
const BAR_PIXELS = 22;
const GAP_PIXELS = 28;
const TITLE_PIXELS = 14;
const FRAME = { width: 760, marginTop: 60, marginLeft: 130, marginRight: 60, marginBottom: 40 };

function draw({ title, label, bars, digits }: Chart): string {
  const { document } = parseHTML('<!DOCTYPE html><html><body></body></html>') as unknown as { document: object };
  const rows = [...new Set(bars.map(({ row }) => row))];
  const programs = [...new Set(bars.map(({ program }) => program))];
  const rowPixels = programs.length * BAR_PIXELS + GAP_PIXELS;
  const height = FRAME.marginTop + rows.length * rowPixels + FRAME.marginBottom;
  const options = {
    ...FRAME,
    height,
    document,
    style: { fontSize: '12px', color: '#1e293b' },
    x: { label, grid: true, nice: true, insetLeft: 0 },
    y: { axis: null, domain: programs, padding: 0.15 },
    fy: { label: null, domain: rows, axis: null, padding: GAP_PIXELS / rowPixels },
    marks: [
      Plot.barX(bars, { x: 'value', y: 'program', fy: 'row', fill: ({ program }: Bar) => COLOURS[program] }),
      Plot.text(bars, {
        x: 'value',
        y: 'program',
        fy: 'row',
        text: ({ value }: Bar) => value.toFixed(digits),
        textAnchor: 'start',
        dx: 4,
      }),
      Plot.text(bars, { x: 0, y: 'program', fy: 'row', text: 'program', textAnchor: 'end', dx: -6 }),
      Plot.text(rows, {
        fy: (row: string) => row,
        text: (row: string) => row,
        frameAnchor: 'top-left',
        dy: -GAP_PIXELS / 2,
        fontWeight: 'bold',
      }),
      Plot.text([title], {
        facet: 'super',
        frameAnchor: 'top-left',
        dx: TITLE_PIXELS - FRAME.marginLeft,
        dy: TITLE_PIXELS - FRAME.marginTop,
        fontSize: 15,
        fontWeight: 'bold',
      }),
    ],
  };
  const svg = Plot.plot(options) as unknown as { toString: () => string };
  // Pages may be dark; the chart brings its own paper.
  return svg
    .toString()
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace('</style>', `</style><rect width="${FRAME.width}" height="${height}" fill="white"/>`);
}

const barsOf = (
  results: readonly CaseResult[],
  group: Case['group'],
  figure: 'wallS' | 'cpuS' | 'peakMib',
  factor = 1,
): Bar[] =>
  results
    .filter(({ of }) => of.group === group)
    .flatMap(({ of, summaries }) =>
      summaries.map((summary) => ({ row: of.title, program: summary.program, value: summary[figure] * factor })),
    );

/** The charts of what was run, by file name. */
export function drawCharts(results: readonly CaseResult[]): Map<string, string> {
  const waits = [
    ...barsOf(results, 'dashboards', 'wallS'),
    ...barsOf(results, 'check', 'wallS').map((bar) => ({ ...bar, row: `check, ${bar.row}` })),
  ];
  const charts: Chart[] = [
    {
      file: 'performance-startup.svg',
      title: 'Start-up',
      label: 'wall time, ms',
      digits: 0,
      bars: barsOf(results, 'startup', 'wallS', 1000),
    },
    {
      file: 'performance-cards.svg',
      title: 'Reading cards: CPU',
      label: 'CPU time, s',
      digits: 2,
      bars: barsOf(results, 'cards', 'cpuS'),
    },
    {
      file: 'performance-memory.svg',
      title: 'Reading cards: memory',
      label: 'peak of the resident memory, MiB',
      digits: 0,
      bars: barsOf(results, 'cards', 'peakMib'),
    },
    {
      file: 'performance-latency.svg',
      title: 'Many requests to a server that takes 20 ms',
      label: 'wall time, s',
      digits: 1,
      bars: waits,
    },
  ];
  return new Map(charts.filter(({ bars }) => bars.length > 0).map((chart) => [chart.file, draw(chart)]));
}
