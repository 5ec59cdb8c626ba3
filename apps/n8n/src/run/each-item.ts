import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { pauseBefore } from './pacing.ts'
import { errorJson, reportError } from './report-error.ts'
import { titleOf } from './title-of.ts'

/** Runs one item after the other. What fails is one item's matter when the node is set to go on, and ends the execution otherwise. */
export async function eachItem(
  context: IExecuteFunctions,
  properties: readonly INodeProperties[],
  run: (index: number) => Promise<readonly INodeExecutionData[]>,
): Promise<INodeExecutionData[][]> {
  const output: INodeExecutionData[] = []
  for (let index = 0; index < context.getInputData().length; index++) {
    try {
      await pauseBefore(context, index)
      for (const item of await run(index)) output.push({ ...item, pairedItem: { item: index } })
    } catch (cause) {
      const error = reportError(context.getNode(), cause, index, (field) => titleOf(properties, field))
      if (!context.continueOnFail()) throw error
      output.push({ json: errorJson(error, cause), pairedItem: { item: index } })
    }
  }
  return [output]
}
