import type { State } from '../../state.ts'
import { type Answer, empty, json } from '../../wire/answer.ts'
import { colorOf, serializeChannel, serializeLabel } from '../engine/serialize.ts'
import type { Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { nowebJid } from './messages.ts'
import { boom, type ConnectedCall, chatIn, createConnectedHandlers, EngineError, requireAppState } from './request-context.ts'
import { nestError, notFound } from './serialize.ts'

/** Looking for channels: all of the network are found, by words of their name or description. */
export function searchHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const search: Handler = whenConnected(({ account, call: { body } }) => {
    const words = (textOf(body.text) ?? '').toLowerCase()
    const limit = typeof body.limit === 'number' && body.limit > 0 ? body.limit : 50
    const from = Number(textOf(body.startCursor) ?? 0) || 0
    const found = state.network.channels.all().filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words))
    const shown = found.slice(from, from + limit).map((channel) => {
      const { role: _, ...facts } = serializeChannel(account, channel, null)
      return facts
    })
    const [startCursor, endCursor] = [String(from), String(from + shown.length)]
    const page = { startCursor, endCursor, hasNextPage: from + shown.length < found.length, hasPreviousPage: from > 0 }
    return json(200, { page, channels: shown })
  })
  return { 'channels.searchByText': search, 'channels.searchByView': search }
}

/** Labels and channels. */
export function labelHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { labels, channels } = state.network

  const onLabel = (play: (at: ConnectedCall, id: string) => Answer) =>
    whenConnected((at) => {
      const id = at.call.params.labelId ?? ''
      return labels.find(at.account, id) ? play(at, id) : notFound('Label not found')
    })

  const looks = ({ call: { body } }: ConnectedCall) => ({
    name: String(body.name),
    color: typeof body.color === 'number' ? body.color : colorOf(textOf(body.colorHex)),
  })

  const onChannel = (play: (at: ConnectedCall, id: string) => Answer) => whenConnected((at) => play(at, at.call.params.id ?? ''))

  /**
   * Makes a handler that changes a channel.
   *
   * @param verb how the engine calls it in its error
   */
  const changing = (verb: string, act: (at: ConnectedCall, id: string) => void, status = 201) =>
    onChannel((at, id) => {
      if (!channels.find(id))
        throw new EngineError(`Failed to newsletter ${verb}, unexpected response structure.`, { ...boom(null), data: {} })
      act(at, id)
      return empty(status)
    })

  return {
    'labels.list': whenConnected(({ account }) => json(200, labels.list(account).map(serializeLabel))),
    'labels.create': whenConnected((at) => {
      const { color, colorHex } = at.call.body
      if (color === undefined && colorHex === undefined) return nestError(422, 'Unprocessable Entity', "'color' or 'colorHex' is required")
      requireAppState(at.account)
      return json(201, serializeLabel(labels.create(at.account, looks(at))))
    }),
    'labels.update': onLabel((at, id) => {
      requireAppState(at.account)
      return json(200, serializeLabel(labels.update(at.account, id, looks(at))))
    }),
    'labels.delete': onLabel(({ account }, id) => {
      requireAppState(account)
      labels.delete(account, id)
      return json(200, { success: true })
    }),
    'labels.getChats': whenConnected(({ account, call }) => {
      const id = call.params.labelId ?? ''
      const chats = labels.find(account, id) ? labels.chats(account, id) : []
      return json(
        200,
        chats.map((chat) => ({ id: nowebJid(chat) })),
      )
    }),
    'labels.getChatLabels': whenConnected(({ account, call }) => json(200, labels.of(account, chatIn(state, call)).map(serializeLabel))),
    'labels.setChatLabels': whenConnected(({ account, call }) => {
      const wanted = Array.isArray(call.body.labels) ? call.body.labels : []
      const ids = wanted.flatMap((one) => (isRecord(one) ? [String(one.id)] : []))
      const chat = chatIn(state, call)
      // labels are kept in the app state; what does not change is not written
      const has = labels.of(account, chat).map(({ id }) => id)
      if (ids.length !== has.length || ids.some((id) => !has.includes(id))) requireAppState(account)
      labels.assign(account, chat, ids)
      return json(200, { success: true })
    }),

    'channels.list': whenConnected(({ account, call }) => {
      const role = call.query.get('role')
      const shown = channels.of(account).map((channel) => serializeChannel(account, channel, null))
      return json(
        200,
        shown.filter((channel) => role === null || channel.role === role),
      )
    }),
    'channels.create': whenConnected(({ account, call }) => {
      const made = channels.create(account, { name: String(call.body.name), description: textOf(call.body.description) })
      return json(201, serializeChannel(account, made, null))
    }),
    'channels.get': onChannel(({ account }, id) => {
      const channel = channels.find(id) ?? channels.byInvite(id)
      if (!channel) throw new EngineError('Failed to newsletter, unexpected response structure.', { ...boom(null), data: {} })
      return json(200, serializeChannel(account, channel, null))
    }),
    'channels.delete': changing('delete v2', ({ account }, id) => channels.delete(account, id), 200),
    'channels.follow': changing('follow', ({ account }, id) => channels.follow(account, id)),
    'channels.unfollow': changing('unfollow', ({ account }, id) => channels.unfollow(account, id)),
    'channels.mute': changing('mute v2', ({ account }, id) => channels.mute(account, id, true)),
    'channels.unmute': changing('unmute v2', ({ account }, id) => channels.mute(account, id, false)),
  }
}
