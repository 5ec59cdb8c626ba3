/**
 * node:fs. An `import` of it reads every export, the lazy ones too, and so loads streams and promises that a start does not need; this
 * reads none.
 */
export const fs: typeof import('node:fs') = process.getBuiltinModule('node:fs')
