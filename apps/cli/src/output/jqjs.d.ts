declare module '@michaelhomer/jqjs' {
  /** Only what is used here; `filter` is the syntax tree. */
  export function compile(program: string): { (input: unknown): Iterable<unknown>; readonly filter: unknown }
}
