import type { JsonObject } from './json.ts'

/** True for a Swagger 2 document. */
export function usesSwagger2(document: JsonObject): boolean {
  return document.swagger !== undefined
}
