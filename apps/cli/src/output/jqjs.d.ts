declare module '@michaelhomer/jqjs' {
  /** Only what is used here. */
  const jq: { compile(program: string): (input: unknown) => Iterable<unknown> }
  export default jq
}
