import { library, oneFileForNode } from '../../tsdown.base.ts'

const parts = {
  ...library,
  entry: {
    index: 'src/index.ts',
    'event-types': 'src/events/event-types.ts',
    session: 'src/session/index.ts',
    verbs: 'src/verbs/index.ts',
  },
  outputOptions: {
    // few files for Node to load; nothing that a bundler may leave out stands in one file with what it needs
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'session-parts', test: /src\/(fields\/fields|session\/session-[a-z]+)\.ts$/ },
        { name: 'answers', test: /src\/(fields|answers|events)\/(?!event-(names|types))[a-z-]+\.ts$/ },
      ],
    },
  },
}

export default [parts, oneFileForNode([parts.entry.index, parts.entry.session, parts.entry.verbs])]
