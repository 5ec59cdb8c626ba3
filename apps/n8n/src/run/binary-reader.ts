import type { IExecuteFunctions } from 'n8n-workflow'
import type { BinaryReader } from '../controls/read-media.ts'

/** Reads binary fields of one item. */
export function binaryReader(context: IExecuteFunctions, index: number): BinaryReader {
  return {
    async read(field) {
      const { mimeType, fileName } = context.helpers.assertBinaryData(index, field)
      const buffer = await context.helpers.getBinaryDataBuffer(index, field)
      return { bytes: new Uint8Array(buffer), mimeType, ...(fileName ? { fileName } : {}) }
    },
  }
}
