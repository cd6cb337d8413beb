// Compiles AssemblyScript to WebAssembly.

/** SIMD is for the inside of strings; no collector of garbage, for nothing is allocated. */
const OPTIONS = [
  '--optimizeLevel',
  '3',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--noAssert',
  '--initialMemory',
  '19',
];

/** What is used of the compiler. Its own types declare AssemblyScript's Array and the like for every file: they stay out. */
interface Compiler {
  createMemoryStream(): { toString(): string };
  main(
    options: readonly string[],
    api: { stderr: object; writeFile: (name: string, contents: Uint8Array) => void },
  ): Promise<{ error: Error | null }>;
}
const COMPILER: string = 'assemblyscript/asc';

/** Throws with the compiler's messages when the source has problems. */
export async function compileWasm(source: string): Promise<Buffer> {
  const { default: compiler } = (await import(COMPILER)) as { default: Compiler };
  let binary: Buffer | undefined;
  const stderr = compiler.createMemoryStream();
  const { error } = await compiler.main([source, '--outFile', 'out.wasm', ...OPTIONS], {
    stderr,
    writeFile: (_, contents) => {
      binary = Buffer.from(contents);
    },
  });
  if (error || !binary) throw new Error(`${source} does not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}
