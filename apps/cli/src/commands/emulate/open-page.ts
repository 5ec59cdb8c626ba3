import { spawn } from 'node:child_process'

/** A program and its arguments. */
export type Opener = readonly [program: string, ...args: string[]]

/** The command that opens an address in the browser of this machine. @param platform as `process.platform` names it */
export function openerOf(platform: string, url: string): Opener {
  if (platform === 'darwin') return ['open', url]
  // start is a word of cmd; its first quoted argument would be a title
  return platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url]
}

/**
 * Opens an address in a browser, which goes on when this program ends.
 *
 * @returns false when the machine has nothing that opens it
 */
export function openInBrowser(url: string, [program, ...args]: Opener = openerOf(process.platform, url)): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
