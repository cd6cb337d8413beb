// yaml-language-server as an editor runs it: a process of its own, spoken to by the Language Server Protocol. It gets no network:
// the schema store is off, and a schema is the file that the document names.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface Position {
  /** Both count from 0. */
  readonly line: number;
  readonly character: number;
}

export interface LspDiagnostic {
  readonly message: string;
  readonly range: { readonly start: Position };
}

export interface CompletionItem {
  readonly label: string;
  readonly insertText?: string;
  readonly documentation?: string | { readonly value: string };
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, format: { enable: false } },
};

/** An editor with one folder open. */
export async function openEditor(folder: string) {
  const main = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
  const server = fork(main, ['--node-ipc'], { stdio: 'ignore', execArgv: [] });
  const waiting = new Map<number | string, (message: Message) => void>();
  const diagnosed = new Map<string, (diagnostics: LspDiagnostic[]) => void>();
  let lastId = 0;

  const notify = (method: string, params: unknown): void => void server.send({ jsonrpc: '2.0', method, params });

  function ask<Result>(method: string, params: unknown): Promise<Result> {
    const id = (lastId += 1);
    server.send({ jsonrpc: '2.0', id, method, params });
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result as Result)));
    });
  }

  /** What the server asks of an editor: its settings, and leave to register what it can do. */
  function answer({ id, method, params }: Message): void {
    const { items = [] } = (params ?? {}) as { items?: { section: string }[] };
    const asked = items.map(({ section }) => (settings as Record<string, unknown>)[section] ?? {});
    server.send({ jsonrpc: '2.0', id, result: method === 'workspace/configuration' ? asked : null });
  }

  server.on('message', (message: Message) => {
    const { id, method, params } = message;
    if (method === undefined) waiting.get(id ?? '')?.(message);
    else if (id !== undefined) answer(message);
    else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: LspDiagnostic[] };
      diagnosed.get(uri)?.(diagnostics);
    }
  });

  const rootUri = pathToFileURL(folder).href;
  await ask('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'folder' }],
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: {} },
      textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } } },
    },
  });
  notify('initialized', {});
  notify('workspace/didChangeConfiguration', { settings });

  return {
    /** Opens a text as the file of this path; gives what the server says is wrong with it. */
    open(path: string, text: string): Promise<LspDiagnostic[]> {
      const { href: uri } = pathToFileURL(path);
      const diagnostics = new Promise<LspDiagnostic[]>((resolve) => diagnosed.set(uri, resolve));
      notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
      return diagnostics;
    },
    async complete(path: string, position: Position): Promise<CompletionItem[]> {
      const textDocument = { uri: pathToFileURL(path).href };
      const list = await ask<{ items: CompletionItem[] }>('textDocument/completion', { textDocument, position });
      return list.items;
    },
    async hover(path: string, position: Position): Promise<string> {
      const textDocument = { uri: pathToFileURL(path).href };
      const hover = await ask<{ contents: { value: string } } | null>('textDocument/hover', { textDocument, position });
      return hover?.contents.value ?? '';
    },
    close: () => server.kill(),
  };
}
