export { plugin as default } from '../../tsdown.base.ts'
