import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow'
import { authenticated } from '../src/wire/authenticate.ts'

export class WamuxSparkbotApi implements ICredentialType {
  name = 'wamuxSparkbotApi'

  displayName = 'Wamux SparkBot API'

  icon: Icon = { light: 'file:../icons/sparkbot.svg', dark: 'file:../icons/sparkbot.dark.svg' }

  documentationUrl = 'https://github.com/wamux/wamux/tree/main/apps/n8n#credentials'

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. https://api.example.com/v1',
      description: 'Where the gateway is, without a slash at the end',
    },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, required: true, default: '' },
    {
      displayName: 'Ignore SSL Issues (Insecure)',
      name: 'ignoreSslIssues',
      type: 'boolean',
      default: false,
      description: 'Whether to connect although the certificate of the gateway cannot be checked, as with a self-signed one',
    },
  ]

  authenticate: IAuthenticate = async (credentials, options) =>
    authenticated(options, credentials.baseUrl, 'sparkbot', { headers: { Token: credentials.apiKey } })

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.baseUrl}}',
      skipSslCertificateValidation: '={{$credentials.ignoreSslIssues}}',
      url: '/devices',
    },
  }
}
