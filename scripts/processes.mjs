// Running other programs, for the scripts of this folder.

import { execFile } from 'node:child_process'
import { delimiter } from 'node:path'

/** The machine's own environment: its `node` and `npm`, not those that scripts/toolchain.mjs put in front. */
export const bare = {
  ...process.env,
  PATH: (process.env.WAMUX_BARE_PATH ?? process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
  NODE_OPTIONS: '',
}

/**
 * Runs a program to its end. What it printed is part of the error when it fails.
 *
 * @param {string} command @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>} its standard output
 */
export function run(command, args, cwd, env = process.env) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message.split('\n')[0]}\n${stdout}${stderr}`.trim()))
      else resolve(stdout)
    })
  })
}
