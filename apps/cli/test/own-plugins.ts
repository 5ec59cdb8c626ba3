import { createPlugins, type Plugins } from '../src/gateway/plugins.ts'

/** The plugins of this workspace, as they are built. */
export const ownPlugins: Plugins = createPlugins({ cliFile: import.meta.url, cwd: import.meta.dirname })
