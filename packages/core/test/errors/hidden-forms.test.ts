import { hiddenForms } from './hidden-forms.ts'

// a share of hidden-forms.long.test.ts
hiddenForms(200, ['k3y-AbC/de+f=='])
