import type { Operation, OperationTable, Route } from '@wamux/core'
import { type Action, actionsOf, bodiesOf, constantName } from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { secretNamesIn } from '../shapes/secrets.ts'
import { isSecret } from '../shapes/shapes.ts'
import { printComment, printLiteral, printString } from './literal.ts'

/** Source of `routes.ts`: one constant per action, so that bundlers keep only those in use. */
export function printRoutes(source: Source, table: OperationTable, marker: string): string {
  const routes = actionsOf(source).map((action) => printRoute(buildRoute(source, table, action), table))
  const types = `import type { Route } from '@wamux/core'\nimport type { calls } from './schema.ts'\n`
  return [marker, types, ...routes].join('\n')
}

function printRoute(route: Route, table: OperationTable): string {
  const operation = table.operations[route.id]
  const deprecated = operation?.deprecated ? '\n *\n * @deprecated' : ''
  const about = printComment(operation?.about ?? '')
  const comment = deprecated === '' ? `/** ${about} */` : `/**\n * ${about}${deprecated}\n */`
  const start = `export const ${constantName(route.id)}: Route<calls[${printString(route.id)}]> = `
  return `${comment}\n${start}${printLiteral(route, '', start)}\n`
}

function buildRoute(source: Source, table: OperationTable, action: Action): Route {
  const operation = table.operations[action.id]
  if (operation === undefined) throw new Error(`no operation ${action.id}`)
  const { id, method, path, safety } = operation
  const comma = (operation.parameters ?? []).filter((parameter) => parameter.comma).map((parameter) => parameter.name)
  const secrets = secretNames(source, action)
  const danger = dangerousInputs(operation)
  return {
    id,
    method,
    path,
    safety,
    ...(comma.length > 0 ? { comma } : {}),
    ...(secrets.length > 0 ? { secrets } : {}),
    ...(danger.length > 0 ? { danger } : {}),
  }
}

function dangerousInputs({ parameters = [], body }: Operation): string[] {
  const fields = [...parameters, ...(body?.kinds ?? []).flatMap((kind) => kind.fields ?? [])]
  return [...new Set(fields.filter((field) => field.danger).map((field) => field.name))]
}

function secretNames(source: Source, action: Action): string[] {
  const parameters = action.operation.parameters.filter((each) => isSecret(source, each.data)).map((each) => String(each.data.name))
  const bodies = bodiesOf(source, action).map(({ schema }) => schema)
  return [...new Set([...parameters, ...secretNamesIn(source, bodies)])]
}
