declare module '@michaelhomer/jqjs' {
  /** Only what is used here. */
  const jq: {
    /** `filter` is the syntax tree. */
    compile(program: string): { (input: unknown): Iterable<unknown>; readonly filter: unknown }
  }
  export default jq
}
