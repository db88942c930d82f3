// The toolchain's glue has no types and leaves one name behind.
declare module "wasm_exec" {}

declare class Go {
  importObject: WebAssembly.Imports
  run(instance: WebAssembly.Instance): Promise<void>
}
