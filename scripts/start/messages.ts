// The messages of the connector that `npm start` looks at. A record is only cut out of its line, never parsed.
import { Failure } from './failure.ts';

export type ConnectorRecord = { stream: string; data: Buffer };

export type CatalogStream = { name: string };

export type Message =
  | { type: 'CONNECTION_STATUS'; connectionStatus: { status: 'SUCCEEDED' | 'FAILED'; message?: string } }
  | { type: 'CATALOG'; catalog: { streams: CatalogStream[] } }
  | { type: 'LOG'; log: { level: string; message: string } }
  | { type: 'TRACE'; trace: Trace }
  | { type: 'STATE' };

type Descriptor = { name: string };

export type Trace =
  | { type: 'ERROR'; error: { message: string; stream_descriptor?: Descriptor } }
  | { type: 'STREAM_STATUS'; emitted_at: number; stream_status: { stream_descriptor: Descriptor; status: string } };

const RECORD_START = Buffer.from('{"type":"RECORD","record":{"stream":"');
const DATA_START = Buffer.from('","data":');
const DATA_END = Buffer.from(',"emitted_at":');

/** The record of a RECORD line, its bytes as they stand there; undefined for any other message. */
export function recordOf(line: Buffer): ConnectorRecord | undefined {
  if (!line.subarray(0, RECORD_START.length).equals(RECORD_START)) return undefined;
  const nameEnd = line.indexOf(DATA_START, RECORD_START.length);
  const dataEnd = line.lastIndexOf(DATA_END);
  if (nameEnd === -1 || dataEnd < nameEnd)
    throw new Failure(`A RECORD line is not laid out as expected: ${excerpt(line)}`);
  return {
    stream: line.toString('utf8', RECORD_START.length, nameEnd),
    data: line.subarray(nameEnd + DATA_START.length, dataEnd),
  };
}

export function messageOf(line: Buffer): Message {
  try {
    return JSON.parse(line.toString()) as Message;
  } catch (cause) {
    throw new Failure(`The connector wrote a line that is not JSON: ${excerpt(line)}`, { cause });
  }
}

const excerpt = (line: Buffer): string => JSON.stringify(line.toString('utf8', 0, 120));
