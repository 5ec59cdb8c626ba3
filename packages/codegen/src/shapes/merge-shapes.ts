import type { Shape, ShapeType } from '@wamux/core'

const SIMPLE: ReadonlySet<string> = new Set(['type', 'enum', 'format', 'default'])
const PRIMITIVES: ReadonlySet<ShapeType> = new Set(['string', 'integer', 'number', 'boolean'])

/**
 * Merges alternative shapes into one shape that accepts what any of them accepts. Primitive shapes become one shape with a list of types;
 * all others are kept apart in `oneOf`.
 *
 * @param orNull true when null is accepted as well
 */
export function mergeShapes(shapes: readonly Shape[], orNull = false): Shape {
  const nullable = orNull || shapes.some((shape) => shape.nullable)
  const distinct = [...new Map(shapes.map(withoutNull).map((shape) => [JSON.stringify(shape), shape])).values()]
  const merged = (distinct.length === 1 ? distinct[0] : (mergeSimple(distinct) ?? asOneOf(distinct))) ?? { type: 'any' }
  if (!nullable || takesAll(merged)) return merged
  const { type, ...rest } = merged
  return { type, nullable: true, ...rest }
}

function takesAll(shape: Shape): boolean {
  return shape.type === 'any' && shape.oneOf === undefined
}

function withoutNull({ nullable: _, ...shape }: Shape): Shape {
  return shape
}

function typesOf(shapes: readonly Shape[]): ShapeType[] {
  return [...new Set(shapes.flatMap((shape) => shape.type))]
}

function mergeSimple(shapes: readonly Shape[]): Shape | undefined {
  const types = typesOf(shapes)
  const simple = shapes.every((shape) => Object.keys(shape).every((key) => SIMPLE.has(key)))
  if (!simple || !types.every((type) => PRIMITIVES.has(type))) return undefined
  const listed = shapes.filter((shape) => shape.enum)
  // a number, or one of some strings: an enum for both would refuse the number
  if (listed.length > 0 && listed.length < shapes.length && types.length > 1) return undefined
  const allowed = listed.length === shapes.length ? [...new Set(listed.flatMap((shape) => shape.enum ?? []))] : []
  return {
    type: types.length === 1 && types[0] !== undefined ? types[0] : types,
    ...(allowed.length > 0 ? { enum: allowed } : {}),
    ...sharedValue(shapes, 'format'),
    ...sharedValue(shapes, 'default'),
  }
}

function asOneOf(shapes: readonly Shape[]): Shape {
  if (shapes.some(takesAll)) return { type: 'any' }
  const [type, ...others] = typesOf(shapes)
  // a default that all members share stands beside the oneOf, not in each member
  const whole = sharedValue(shapes, 'default')
  const members = shapes.map(({ default: own, ...shape }) => ('default' in whole || own === undefined ? shape : { ...shape, default: own }))
  return {
    type: others.length === 0 && type !== undefined ? type : 'any',
    ...whole,
    oneOf: members.flatMap((shape) => shape.oneOf ?? [shape]),
  }
}

function sharedValue(shapes: readonly Shape[], key: 'format' | 'default'): Partial<Shape> {
  const [first, ...others] = shapes.map((shape) => JSON.stringify(shape[key]))
  return first !== undefined && others.every((other) => other === first) ? { [key]: shapes[0]?.[key] } : {}
}
