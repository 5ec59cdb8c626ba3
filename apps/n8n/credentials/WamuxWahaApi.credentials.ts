import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow'
import { authenticated } from '../src/wire/authenticate.ts'

export class WamuxWahaApi implements ICredentialType {
  name = 'wamuxWahaApi'

  displayName = 'Wamux WAHA API'

  icon: Icon = { light: 'file:../icons/waha.svg', dark: 'file:../icons/waha.dark.svg' }

  documentationUrl = 'https://github.com/wamux/wamux/tree/main/apps/n8n#credentials'

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'http://localhost:3000',
      placeholder: 'e.g. http://localhost:3000',
      description: 'Where the gateway is, without a slash at the end',
    },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, required: true, default: '' },
    {
      displayName: 'Subscription Check URL',
      name: 'subscriptionUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. https://example.com/validate',
      description:
        'A service that is asked first whether your subscription is valid, with the key below and nothing else; leave it empty for no such question',
    },
    {
      displayName: 'Subscription Check API Key',
      name: 'subscriptionApiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description: 'Key for that service, sent as a bearer token',
    },
    {
      displayName: 'Ignore SSL Issues (Insecure)',
      name: 'ignoreSslIssues',
      type: 'boolean',
      default: false,
      description: 'Whether to connect although the certificate of the gateway cannot be checked, as with a self-signed one',
    },
  ]

  authenticate: IAuthenticate = async (credentials, options) =>
    authenticated(options, credentials.baseUrl, 'waha', { headers: { 'X-Api-Key': credentials.apiKey } })

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.baseUrl}}',
      skipSslCertificateValidation: '={{$credentials.ignoreSslIssues}}',
      url: '/api/sessions',
    },
  }
}
