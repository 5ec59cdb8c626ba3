import { posix, win32 } from 'node:path'
import type { Terminal } from '../terminal/terminal.ts'

type Env = Terminal['env']

/**
 * The folder of wamux's configuration: `WAMUX_CONFIG_DIR`, else `wamux` under `XDG_CONFIG_HOME`, `%APPDATA%` (Windows) or `~/.config`.
 *
 * @returns undefined when the home directory is not known either
 */
export function configFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  return env.WAMUX_CONFIG_DIR || folder(env, platform, [env.XDG_CONFIG_HOME, env.APPDATA], '.config')
}

/** The folder for files that can be deleted at any time: `wamux` under `XDG_CACHE_HOME`, `%LOCALAPPDATA%` (Windows) or `~/.cache`. */
export function cacheFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  return folder(env, platform, [env.XDG_CACHE_HOME, env.LOCALAPPDATA], '.cache')
}

/** The folder for what the user keeps: `WAMUX_DATA_DIR`, else `wamux` under `XDG_DATA_HOME`, `%LOCALAPPDATA%` (Windows) or `~/.local/share`. */
export function dataFolder(env: Env, platform: NodeJS.Platform = process.platform): string | undefined {
  return env.WAMUX_DATA_DIR || folder(env, platform, [env.XDG_DATA_HOME, env.LOCALAPPDATA], '.local/share')
}

function folder(env: Env, platform: NodeJS.Platform, [xdg, appData]: (string | undefined)[], fallback: string): string | undefined {
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix
  // the XDG specification says that relative paths are ignored
  if (xdg && isAbsolute(xdg)) return join(xdg, 'wamux')
  if (platform === 'win32' && appData) return join(appData, 'wamux')
  const home = platform === 'win32' ? env.USERPROFILE : env.HOME
  return home ? join(home, fallback, 'wamux') : undefined
}
