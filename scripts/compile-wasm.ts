// Compiles AssemblyScript to WebAssembly.
import asc from 'assemblyscript/asc';

/** SIMD is for the inside of strings; no collector of garbage, for nothing is allocated. */
const OPTIONS = ['--optimizeLevel', '3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--initialMemory', '19'];

/** Throws with the compiler's messages when the source has problems. */
export async function compileWasm(source: string): Promise<Buffer> {
  let binary: Buffer | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main([source, '--outFile', 'out.wasm', ...OPTIONS], {
    stderr,
    writeFile: (_, contents) => {
      binary = Buffer.from(contents);
    },
  });
  if (error || !binary) throw new Error(`${source} does not compile:\n${stderr.toString()}`, { cause: error });
  return binary;
}
