import type { GatewayResponse, Operation } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow'
import { endingOf } from '../controls/mime-types.ts'

/** True for an operation that removes something and has nothing else to tell. */
export function deletes({ id, safety }: Operation): boolean {
  const [, action = ''] = id.split('.')
  return safety === 'danger' && /^(delete|clear|removeChats$)/.test(action)
}

/** Items out of what a gateway answered: one for each entry of a list. @param gone it was to be deleted, and was */
export function itemsOf(data: unknown, gone = false): IDataObject[] {
  if (gone) return [{ deleted: true }]
  if (Array.isArray(data)) return data.map(itemOf)
  if (data === undefined || data === null || data === '') return [{ success: true }]
  return [itemOf(data)]
}

function itemOf(value: unknown): IDataObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.keys(value).length === 0 ? { success: true } : (value as IDataObject)
  }
  return { value } as IDataObject
}

/** Keeps the named fields, in their order; an entry that has none of them stays whole. */
export function simplified(item: IDataObject, fields: readonly string[]): IDataObject {
  const kept = Object.fromEntries(fields.filter((field) => Object.hasOwn(item, field)).map((field) => [field, item[field]]))
  return Object.keys(kept).length > 0 ? (kept as IDataObject) : item
}

/** The answer as a file, when it is one. */
export async function fileOf(
  context: IExecuteFunctions,
  operation: Operation,
  { data, contentType, headers }: GatewayResponse,
  field: string,
): Promise<INodeExecutionData | undefined> {
  const picture = typeof data === 'string' && /^image\//.test(contentType)
  if (!(data instanceof Uint8Array) && !picture) return undefined
  const bytes = Buffer.from(data as string)
  const mimeType = contentType || 'application/octet-stream'
  const name = fileName(headers.get('content-disposition')) ?? `${operation.id.replace('.', '-')}.${endingOf(mimeType)}`
  const binary = await context.helpers.prepareBinaryData(bytes, name, mimeType)
  return { json: { fileName: name, mimeType, size: bytes.length }, binary: { [field]: binary } }
}

// without a folder: the gateway does not say where it goes
function fileName(disposition: string | null): string | undefined {
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(disposition ?? '')?.[1]
  return name?.split(/[\\/]/).at(-1)?.trim() || undefined
}
