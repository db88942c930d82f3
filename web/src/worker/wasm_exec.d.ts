// The toolchain's glue has no types and leaves one name behind.
declare module "wasm_exec" {}

declare class Go {
  importObject: WebAssembly.Imports
  /// The program's environment.
  env: Record<string, string>
  /// Whether the program has ended, by itself or by a crash.
  exited: boolean
  run(instance: WebAssembly.Instance): Promise<void>
}
