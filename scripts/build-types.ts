// The types of the package, for those who import it: the declarations of engine/index.ts and of the files that it takes types from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** What an `import` or `export … from` of ours names. */
const OURS = /(?<=from ')(\.{1,2}\/[^']+)\.ts(?=')/g;

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  strict: true,
  declaration: true,
  // A file alone has to tell its types: nothing is inferred from others.
  isolatedDeclarations: true,
};

/** The declarations of one file. Throws with the first export whose type is not written down. */
function declarationsOf(file: string): string {
  const options = { fileName: file, compilerOptions, reportDiagnostics: true };
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, 'utf8'), options);
  const [problem] = diagnostics;
  if (problem) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`);
  return outputText;
}

/** Writes the declarations of the file, and of all that they name, below a folder. */
export function buildTypes(entry: string, folder: string): void {
  const files = [entry];
  for (const file of files) {
    const text = declarationsOf(file);
    for (const [, path = ''] of text.matchAll(OURS)) {
      const named = `${join(dirname(file), path)}.ts`;
      if (!files.includes(named)) files.push(named);
    }
    const out = join(folder, relative(dirname(entry), file)).replace(/\.ts$/, '.d.ts');
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text.replaceAll(OURS, '$1.js'));
  }
}
