import type { OperationTable } from '@wamux/core'
import { idOf, type Package, tableFile } from '../../gateway/plugin-packages.ts'
import { operationFlags } from '../../operation/flags.ts'
import { familyOf, operationName } from '../../operation/names.ts'

/** The flags of one operation, without dashes; none when the operation is unknown. */
export async function operationFlagNames(plugin: Package, family: string, name: string): Promise<readonly string[]> {
  try {
    const { operations } = (await import(tableFile(plugin) ?? '')) as { operations: OperationTable }
    const operation = familyOf(idOf(plugin.name) ?? plugin.name, operations, family).find((one) => operationName(one) === name)
    if (!operation) return []
    const { fields, common } = operationFlags(operation)
    return [...Object.keys(fields), ...Object.keys(common)]
  } catch {
    return []
  }
}
