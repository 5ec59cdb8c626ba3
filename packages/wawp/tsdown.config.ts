export { plugins as default } from '../../tsdown.base.ts'
