import { GATEWAY_NAMES } from './format.ts'

interface GatewayFilterProps {
  readonly value: string
  onChange(gateway: string): void
}

export function GatewayFilter({ value, onChange }: GatewayFilterProps) {
  return (
    <select aria-label="Gateway" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">all gateways</option>
      {Object.entries(GATEWAY_NAMES).map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
