// What we use of WebAssembly: TypeScript declares it with the rest of the browser only.
declare namespace WebAssembly {
  type Module = object;
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module) => { readonly exports: object };
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
}
