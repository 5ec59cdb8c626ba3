import { hiddenForms } from './hidden-forms.ts'

hiddenForms(4_000, ['plainKey1234567', 'k3y-AbC/de+f==', '0123456789abcdef', 'wamux_sk_live_Zz09'])
