import type { Shape, ShapeType } from '@wamux/core'

const SIMPLE: ReadonlySet<string> = new Set(['type', 'enum', 'format', 'default'])
const PRIMITIVES: ReadonlySet<ShapeType> = new Set(['string', 'integer', 'number', 'boolean'])

/** One shape that a value fits when it fits one of these; simple ones melt into one, others stay side by side. */
export function unite(shapes: readonly Shape[], orNull = false): Shape {
  const nullable = orNull || shapes.some((shape) => shape.nullable)
  const distinct = [...new Map(shapes.map(withoutNull).map((shape) => [JSON.stringify(shape), shape])).values()]
  const united = (distinct.length === 1 ? distinct[0] : (melt(distinct) ?? sideBySide(distinct))) ?? { type: 'any' }
  if (!nullable || takesAll(united)) return united
  const { type, ...rest } = united
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

function melt(shapes: readonly Shape[]): Shape | undefined {
  const types = typesOf(shapes)
  const simple = shapes.every((shape) => Object.keys(shape).every((key) => SIMPLE.has(key)))
  if (!simple || !types.every((type) => PRIMITIVES.has(type))) return undefined
  const listed = shapes.filter((shape) => shape.enum)
  // a number or one of these words: an enum over both would refuse the number
  if (listed.length > 0 && listed.length < shapes.length && types.length > 1) return undefined
  const allowed = listed.length === shapes.length ? [...new Set(listed.flatMap((shape) => shape.enum ?? []))] : []
  return {
    type: types.length === 1 && types[0] !== undefined ? types[0] : types,
    ...(allowed.length > 0 ? { enum: allowed } : {}),
    ...agreed(shapes, 'format'),
    ...agreed(shapes, 'default'),
  }
}

function sideBySide(shapes: readonly Shape[]): Shape {
  if (shapes.some(takesAll)) return { type: 'any' }
  const [type, ...others] = typesOf(shapes)
  // a default beside a oneOf belongs to the whole
  const whole = agreed(shapes, 'default')
  const members = shapes.map(({ default: own, ...shape }) => ('default' in whole || own === undefined ? shape : { ...shape, default: own }))
  return {
    type: others.length === 0 && type !== undefined ? type : 'any',
    ...whole,
    oneOf: members.flatMap((shape) => shape.oneOf ?? [shape]),
  }
}

function agreed(shapes: readonly Shape[], key: 'format' | 'default'): Partial<Shape> {
  const [first, ...others] = shapes.map((shape) => JSON.stringify(shape[key]))
  return first !== undefined && others.every((other) => other === first) ? { [key]: shapes[0]?.[key] } : {}
}
