import type { Audience, Safety } from '@wamux/core'

/**
 * Facts of operations that stand in several documents, or under several names, and are no portable verb. An operation id means the same
 * in every document that has it.
 */
export const SAME_MEANING: readonly (readonly [safety: Safety, audience: Audience, ids: string])[] = [
  ['read', 'nobody', 'sessions.me sessions.getRateLimit server.ping server.health server.version server.versionDeprecated'],
  ['read', 'nobody', 'chats.overview chats.overviewByIds chats.getPicture contacts.getById lids.list lids.count'],
  ['read', 'nobody', 'messages.list messages.checkNumberStatus messages.newId status.newId numbers.validate misc.validatePhone'],
  [
    'read',
    'nobody',
    'groups.listJoinRequests groups.count groups.getPicture groups.getJoinInfo groups.previewInvite groups.getMemberAddMode',
  ],
  ['read', 'nobody', 'groups.getInfoAdminOnly groups.getMessagesAdminOnly groups.getMembershipApproval groups.getShareHistory'],
  ['read', 'nobody', 'groups.listParticipants groups.listParticipantsV2 groups.getParticipants chats.listParticipants'],
  ['read', 'nobody', 'channels.previewMessages channels.searchByText channels.searchByView channels.search'],
  ['read', 'nobody', 'channels.listSearchViews channels.listSearchCountries channels.listSearchCategories'],
  ['read', 'nobody', 'channels.getSearchViews channels.getSearchCountries channels.getSearchCategories'],
  ['read', 'nobody', 'labels.get labels.list profile.getPicture profile.getImage webhooks.get media.convertVoice media.convertVideo'],
  // pictures of the QR code
  ['read', 'access', 'auth.getQrImage sessions.screenshot'],
  // marks messages as read: their senders see it
  ['converge', 'others', 'chats.readMessages chats.markRead messages.stopTyping chats.unpinMessage messages.unpin channels.join'],
  ['converge', 'others', 'groups.approveJoinRequests groups.rejectJoinRequests'],
  ['converge', 'others', 'groups.setMemberAddMode groups.setMembershipApproval groups.setShareHistory'],
  ['converge', 'nobody', 'contacts.update chatContacts.update groups.refresh chats.unmute messageActions.unstar labels.update'],
  ['converge', 'nobody', 'labels.addToChat labels.removeFromChat chats.setLabels'],
  ['create', 'nobody', 'labels.create'],
  [
    'send',
    'others',
    'messages.votePoll messages.sendList messages.sendButtons messages.sendLinkPreview messages.sendGif messages.sendSticker',
  ],
  ['send', 'others', 'messages.sendEvent events.send messages.reply messages.replyButton messageActions.unreact'],
  ['send', 'others', 'messages.sendTextGet messages.sendLinkPreviewDeprecated'],
  ['danger', 'others', 'groups.delete groups.deletePicture profile.deletePicture'],
  ['danger', 'nobody', 'sessions.logoutDeprecated sessions.stopDeprecated labels.delete messageActions.delete'],
  ['danger', 'nobody', 'server.stop server.restart server.scheduleRestart'],
]

/** Operations that do more than the verb they are: the other facts they may have, each with its reason. */
export const WIDER: Readonly<Record<string, { readonly safety?: Safety; readonly audience?: Audience }>> = {
  // with `unread: false` it marks messages as read, which their senders see
  'chats.setUnread': { audience: 'others' },
}
