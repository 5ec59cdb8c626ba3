import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow'
import { authenticated } from '../src/wire/authenticate.ts'

export class WamuxWawpApi implements ICredentialType {
  name = 'wamuxWawpApi'

  displayName = 'Wamux Wawp API'

  icon: Icon = { light: 'file:../icons/wawp.svg', dark: 'file:../icons/wawp.dark.svg' }

  documentationUrl = 'https://github.com/wamux/wamux/tree/main/apps/n8n#credentials'

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'https://api.wawp.net',
      placeholder: 'e.g. https://api.wawp.net',
      description: 'Where the gateway is, without a slash at the end',
    },
    {
      displayName: 'Instance ID',
      name: 'instanceId',
      type: 'string',
      required: true,
      default: '',
      description: 'The session that operations are for unless a node names another',
    },
    { displayName: 'Access Token', name: 'accessToken', type: 'string', typeOptions: { password: true }, required: true, default: '' },
    {
      displayName: 'Ignore SSL Issues (Insecure)',
      name: 'ignoreSslIssues',
      type: 'boolean',
      default: false,
      description: 'Whether to connect although the certificate of the gateway cannot be checked, as with a self-signed one',
    },
  ]

  authenticate: IAuthenticate = async (credentials, options) =>
    authenticated(options, credentials.baseUrl, 'wawp', { qs: { access_token: credentials.accessToken } })

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.baseUrl}}',
      skipSslCertificateValidation: '={{$credentials.ignoreSslIssues}}',
      url: '/v2/session/info',
      method: 'POST',
      qs: { instance_id: '={{$credentials.instanceId}}' },
    },
  }
}
