import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packages, root } from './workspace.ts'

/** A page, and its text. */
export interface Page {
  file: string
  text: string
}

/** Names that the blocks of a page may use without saying where they come from. */
const GLOBALS = `
declare const apiKey: string
declare const token: string
declare const accessToken: string
declare const secret: string
declare const request: Request
`

/** A relative import in a block is a file of the reader. */
const OWN_FILE = /error TS2307: Cannot find module '\.{1,2}\//

/**
 * The modules a page's \`\`\`ts blocks make. A block that imports starts a module, one that does not goes on with the one before.
 * Lines stay where they are on the page, so that an error names the line of the page.
 */
export function modulesOf(page: string): string[] {
  const lines = page.split('\n')
  const modules: string[][] = []
  let open: string[] | undefined
  lines.forEach((line, index) => {
    if (open === undefined && /^\s*```ts\s*$/.test(line)) {
      const block = lines.slice(index + 1, lines.indexOf(line.replace('ts', '').trimEnd(), index + 1))
      const starts = modules.length === 0 || block.some((one) => /^\s*import\b/.test(one))
      if (starts) modules.push(lines.map(() => ''))
      open = modules.at(-1)
    } else if (open !== undefined && /^\s*```\s*$/.test(line)) {
      open = undefined
    } else if (open !== undefined) {
      open[index] = line
    }
  })
  return modules.map((module) => module.join('\n'))
}

/** Type-checks the blocks of the pages against the sources of the packages; answers what is wrong as `page:line: message`. */
export function checkBlocks(pages: readonly Page[]): string[] {
  mkdirSync(join(root, '.test-results'), { recursive: true })
  // inside the workspace, so that the packages' own dependencies are found
  const folder = mkdtempSync(join(root, '.test-results', 'blocks-'))
  try {
    const origin = new Map<string, string>()
    for (const { file, text } of pages) {
      modulesOf(text).forEach((module, index) => {
        const name = `${file.replaceAll('/', '__')}.${index}.ts`
        origin.set(name, file)
        writeFileSync(join(folder, name), `${module}\nexport {}\n`)
      })
    }
    if (origin.size === 0) return []
    writeFileSync(join(folder, 'globals.d.ts'), GLOBALS)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration()))
    const tsc = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    if (tsc.error) throw tsc.error
    const problems = tsc.stdout
      .split('\n')
      .filter((line) => line.includes('error TS') && !OWN_FILE.test(line))
      .map((line) => line.replace(/^(.*?)\((\d+),\d+\): error /, (_, name: string, at: string) => `${origin.get(name) ?? name}:${at}: `))
    // a reader's own files are not there, and tsc says so; anything else must leave a line that was understood
    return tsc.status === 0 || tsc.stdout.includes('error TS') ? problems : [`tsc failed: ${tsc.stdout}${tsc.stderr}`]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function configuration(): object {
  const paths = packages.flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([key, target]) =>
      typeof target === 'object' && target['@wamux/source']
        ? [[manifest.name + key.slice(1), [join(root, folder, target['@wamux/source'])]] as const]
        : [],
    ),
  )
  return {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      types: ['node'],
      paths: Object.fromEntries(paths),
      isolatedDeclarations: false,
      declaration: false,
      noUnusedLocals: false,
    },
    include: ['*.ts'],
  }
}
