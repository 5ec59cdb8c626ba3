import { type Plugins, pluginsAround } from '../src/gateway/installed.ts'

/** The plugins of this workspace, as they are built. */
export const ownPlugins: Plugins = pluginsAround({ self: import.meta.url, cwd: import.meta.dirname })
