/** The prefix of the environment variables of a gateway: `WAMUX_WAHA_`. @param id of the gateway */
export function variablePrefix(id: string): string {
  return `WAMUX_${id.toUpperCase().replaceAll('-', '_')}_`
}

/** The environment variable that says where a gateway is: `WAMUX_WAHA_BASE_URL`. @param id of the gateway */
export function baseUrlVariable(id: string): string {
  return `${variablePrefix(id)}BASE_URL`
}
