/** A variable of the environment. @throws Error when it is not set */
export function variable(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; try: eval "$(wamux emulate env waha)"`)
  return value
}
