import type { Audience, Safety } from '../schema/operations.ts'
import type { VerbId, Vocabulary } from './index.ts'

/**
 * Safety and audience of every verb. Apps take confirmations and defaults from them, core the kinds of errors. The type makes sure that no
 * verb is missing; the order is that of the documentation. The code generator compares both facts with the OpenAPI documents.
 */
const facts: Readonly<Record<VerbId, readonly [safety: Safety, audience: Audience]>> = {
  'session.list': ['read', 'nobody'],
  'session.get': ['read', 'nobody'],
  'session.create': ['create', 'access'],
  'session.update': ['converge', 'access'],
  'session.delete': ['danger', 'nobody'],
  'session.start': ['converge', 'nobody'],
  'session.stop': ['converge', 'nobody'],
  'session.restart': ['converge', 'nobody'],
  'session.logout': ['danger', 'nobody'],
  'session.reset': ['danger', 'nobody'],
  'session.qr': ['read', 'access'],
  'session.requestPairingCode': ['create', 'access'],
  'session.waitFor': ['read', 'nobody'],
  'message.sendText': ['send', 'others'],
  'message.sendImage': ['send', 'others'],
  'message.sendVideo': ['send', 'others'],
  'message.sendAudio': ['send', 'others'],
  'message.sendVoice': ['send', 'others'],
  'message.sendDocument': ['send', 'others'],
  'message.sendSticker': ['send', 'others'],
  'message.sendLocation': ['send', 'others'],
  'message.sendContact': ['send', 'others'],
  'message.sendPoll': ['send', 'others'],
  'message.forward': ['send', 'others'],
  'message.react': ['send', 'others'],
  'message.edit': ['send', 'others'],
  'message.revoke': ['danger', 'others'],
  'message.star': ['converge', 'nobody'],
  'message.pin': ['converge', 'others'],
  'message.markSeen': ['converge', 'others'],
  'message.get': ['read', 'nobody'],
  'message.list': ['read', 'nobody'],
  'message.downloadMedia': ['read', 'nobody'],
  'message.waitFor': ['read', 'nobody'],
  'chat.list': ['read', 'nobody'],
  'chat.get': ['read', 'nobody'],
  'chat.archive': ['converge', 'nobody'],
  'chat.unarchive': ['converge', 'nobody'],
  'chat.mute': ['converge', 'nobody'],
  'chat.pin': ['converge', 'nobody'],
  'chat.clear': ['danger', 'nobody'],
  'chat.delete': ['danger', 'nobody'],
  'chat.markUnread': ['converge', 'nobody'],
  'chat.setTyping': ['converge', 'others'],
  'contact.list': ['read', 'nobody'],
  'contact.get': ['read', 'nobody'],
  'contact.check': ['read', 'nobody'],
  'contact.resolve': ['read', 'nobody'],
  'contact.profilePicture': ['read', 'nobody'],
  'contact.about': ['read', 'nobody'],
  'contact.block': ['converge', 'others'],
  'contact.unblock': ['converge', 'others'],
  'group.list': ['read', 'nobody'],
  'group.get': ['read', 'nobody'],
  'group.create': ['create', 'others'],
  'group.leave': ['danger', 'others'],
  'group.join': ['converge', 'others'],
  'group.inviteLink': ['read', 'nobody'],
  'group.revokeInvite': ['danger', 'others'],
  'group.addParticipants': ['send', 'others'],
  'group.removeParticipants': ['danger', 'others'],
  'group.promote': ['converge', 'others'],
  'group.demote': ['converge', 'others'],
  'group.joinRequests': ['read', 'nobody'],
  'group.approve': ['converge', 'others'],
  'group.reject': ['converge', 'others'],
  'group.setSubject': ['converge', 'others'],
  'group.setDescription': ['converge', 'others'],
  'group.setPicture': ['converge', 'others'],
  'group.setAnnouncement': ['converge', 'others'],
  'group.setLocked': ['converge', 'others'],
  'status.sendText': ['send', 'others'],
  'status.sendImage': ['send', 'others'],
  'status.sendVideo': ['send', 'others'],
  'status.sendVoice': ['send', 'others'],
  'status.delete': ['danger', 'others'],
  'presence.set': ['converge', 'others'],
  'presence.subscribe': ['converge', 'nobody'],
  'presence.get': ['converge', 'nobody'],
  'profile.get': ['read', 'nobody'],
  'profile.setName': ['converge', 'others'],
  'profile.setAbout': ['converge', 'others'],
  'profile.setPicture': ['converge', 'others'],
  'label.list': ['read', 'nobody'],
  'label.create': ['create', 'nobody'],
  'label.update': ['converge', 'nobody'],
  'label.delete': ['danger', 'nobody'],
  'label.chats': ['read', 'nobody'],
  'label.ofChat': ['read', 'nobody'],
  'label.setForChat': ['converge', 'nobody'],
  'channel.list': ['read', 'nobody'],
  'channel.get': ['read', 'nobody'],
  'channel.create': ['create', 'others'],
  'channel.delete': ['danger', 'others'],
  'channel.follow': ['converge', 'others'],
  'channel.unfollow': ['converge', 'others'],
  'channel.mute': ['converge', 'nobody'],
  'channel.unmute': ['converge', 'nobody'],
  'webhook.list': ['read', 'nobody'],
  'webhook.create': ['create', 'access'],
  'webhook.update': ['converge', 'access'],
  'webhook.delete': ['danger', 'nobody'],
}

/** What may happen when a verb runs. What is repeated follows from the operation that the plugin performs, which may be stricter. */
export const verbSafety: Readonly<Record<VerbId, Safety>> = /* @__PURE__ */ eachVerb(([safety]) => safety)

/** Who is touched when a verb runs: the same on all gateways, and the same as for the operation that the verb calls. */
export const verbAudience: Readonly<Record<VerbId, Audience>> = /* @__PURE__ */ eachVerb(([, audience]) => audience)

/** The names of the verbs, by namespace. */
export const verbs: { readonly [N in keyof Vocabulary]: readonly (keyof Vocabulary[N] & string)[] } = /* @__PURE__ */ namesByNamespace()

/** All verb ids. */
export function verbIds(): VerbId[] {
  return Object.keys(facts) as VerbId[]
}

function eachVerb<Fact>(pick: (facts: readonly [Safety, Audience]) => Fact): Record<VerbId, Fact> {
  return Object.fromEntries(Object.entries(facts).map(([id, both]) => [id, pick(both)])) as Record<VerbId, Fact>
}

function namesByNamespace(): typeof verbs {
  const lists: Record<string, string[]> = {}
  for (const id of verbIds()) {
    const [namespace = '', name = ''] = id.split('.')
    lists[namespace] = [...(lists[namespace] ?? []), name]
  }
  return lists as unknown as typeof verbs
}
