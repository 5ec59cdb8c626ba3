import { group } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { manifest } from '../src/index.ts'
import { expectRow, type Perform, type Row, row } from './fixtures/verb-case.ts'

const session = 'main'
const to = '+6281111111111'
const chat = '6282222222222@c.us'
const gid = '120363000000000001@g.us'
const JID = '6281111111111@s.whatsapp.net'
const BOB = '6282222222222@s.whatsapp.net'
const inGroup = { sessionId: session, groupId: gid }
const GROUP_QUERY = 'sessionId=main&groupId=120363000000000001%40g.us'
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47])
const picture = 'data:image/png;base64,iVBORw=='

const did = { session, done: true }
const outcome = (...participants: object[]) => ({ session, participants })
const bob = { session, id: chat, phone: '+6282222222222', name: 'Bob' }
const demoGroup = {
  session,
  id: gid,
  subject: 'Demo Group',
  description: 'A group',
  owner: '6281234567890@c.us',
  announcement: false,
  locked: false,
  createdAt: 1_700_000_000_000,
}

const cases: Record<string, readonly [Perform, Row]> = {
  'contact.list': [
    (warest) => warest.contact.list({ session, limit: 2 }),
    row('profile.listContacts', ['GET', '/profile/list-contacts?sessionId=main&limit=2&offset=0'], {
      items: [{ session, id: '6281234567890@c.us', phone: '+6281234567890', name: 'Demo Shop' }, bob],
      next: '2',
    }),
  ],
  'contact.get': [
    (warest) => warest.contact.get({ session, contact: '+62 822 2222 2222' }),
    row('profile.listContacts', ['GET', '/profile/list-contacts?sessionId=main&limit=1000&offset=0'], bob),
  ],
  'contact.resolve': [
    (warest) => warest.contact.resolve({ session, contact: to }),
    row('misc.resolveJid', ['POST', '/misc/whatsapp/resolve/jid-or-lid', { input: '6281111111111@s.whatsapp.net', sessionId: 'main' }], {
      session,
      id: '6281111111111@c.us',
      phone: '+6281111111111',
      lid: '222000000000000@lid',
    }),
  ],
  'contact.check': [
    (warest) => warest.contact.check({ session, phone: to }),
    row('profile.onWhatsapp', ['GET', '/profile/on-whatsapp?sessionId=main&checkNumbers=6281111111111'], {
      session,
      exists: true,
      id: '6281111111111@c.us',
    }),
  ],
  'contact.about': [
    (warest) => warest.contact.about({ session, contact: to }),
    row('profile.onWhatsapp', ['GET', '/profile/on-whatsapp?sessionId=main&checkNumbers=6281111111111&deep=true'], { session }),
  ],
  'group.list': [
    (warest) => warest.group.list({ session }),
    row('groups.list', ['GET', '/groups?sessionId=main'], {
      items: [demoGroup],
    }),
  ],
  'group.get': [
    (warest) => warest.group.get({ session, group: group('120363000000000001') }),
    {
      answers: ['groups.get', 'groups.listParticipants'],
      sends: [
        ['GET', `/group/info?${GROUP_QUERY}`],
        ['GET', `/group/participants?${GROUP_QUERY}`],
      ],
      gives: {
        ...demoGroup,
        participants: [
          { id: '6281234567890@c.us', phone: '+6281234567890', role: 'owner' },
          { id: '6281111111111@c.us', phone: '+6281111111111', role: 'admin' },
          { id: chat, phone: '+6282222222222', role: 'member' },
        ],
      },
    },
  ],
  'group.create': [
    (warest) => warest.group.create({ session, subject: 'New', participants: [to] }),
    row('groups.create', ['POST', '/group/create', { sessionId: session, groupName: 'New', participants: [JID] }], {
      session,
      id: gid,
      subject: 'New',
    }),
  ],
  'group.leave': [(warest) => warest.group.leave({ session, group: gid }), row('groups.leave', ['POST', '/group/leave', inGroup], did)],
  'group.join': [
    (warest) => warest.group.join({ session, invite: 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv' }),
    row(
      'groups.joinViaLink',
      ['POST', '/group/join-via-link', { sessionId: session, inviteLink: 'https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv' }],
      did,
    ),
  ],
  'group.inviteLink': [
    (warest) => warest.group.inviteLink({ session, group: gid }),
    row('groups.getInviteLink', ['GET', `/group/invite?${GROUP_QUERY}`], {
      session,
      link: 'https://chat.whatsapp.com/InviteCode12345678901',
    }),
  ],
  'group.revokeInvite': [
    (warest) => warest.group.revokeInvite({ session, group: gid }),
    row('groups.revokeInvite', ['POST', '/group/invite/revoke', inGroup], {
      ...did,
      link: 'https://chat.whatsapp.com/NewInviteCode1234567890',
    }),
  ],
  'group.addParticipants': [
    (warest) => warest.group.addParticipants({ session, group: gid, participants: ['+6284444444444'] }),
    row(
      'groups.addParticipants',
      ['POST', '/group/participants/add', { ...inGroup, participants: ['6284444444444@s.whatsapp.net'] }],
      outcome({ id: '6284444444444@c.us', ok: true }),
    ),
  ],
  'group.removeParticipants': [
    (warest) => warest.group.removeParticipants({ session, group: gid, participants: [chat, '+6289999999999'] }),
    row(
      'groups.removeParticipants',
      ['DELETE', '/group/participants/remove', { ...inGroup, participants: [BOB, '6289999999999@s.whatsapp.net'] }],
      outcome({ id: chat, ok: true }, { id: '6289999999999@c.us', ok: false, reason: 'not a member' }),
    ),
  ],
  'group.promote': [
    (warest) => warest.group.promote({ session, group: gid, participants: [chat] }),
    row(
      'groups.promoteParticipants',
      ['POST', '/group/participants/promote', { ...inGroup, participants: [BOB] }],
      outcome({ id: chat, ok: true }),
    ),
  ],
  'group.demote': [
    (warest) => warest.group.demote({ session, group: gid, participants: [to, '+6281234567890'] }),
    row(
      'groups.demoteParticipants',
      ['POST', '/group/participants/demote', { ...inGroup, participants: [JID, '6281234567890@s.whatsapp.net'] }],
      outcome({ id: '6281111111111@c.us', ok: true }, { id: '6281234567890@c.us', ok: false, reason: 'not permitted' }),
    ),
  ],
  'group.joinRequests': [
    (warest) => warest.group.joinRequests({ session, group: gid }),
    row('groups.listRequests', ['GET', `/group/participants/requests?${GROUP_QUERY}`], {
      session,
      requests: [{ id: '6283333333333@c.us', at: 1_700_000_100_000 }],
    }),
  ],
  'group.approve': [
    (warest) => warest.group.approve({ session, group: gid, participants: ['+6283333333333'] }),
    row(
      'groups.approveRequest',
      ['POST', '/group/participants/request/approve', { ...inGroup, participants: ['6283333333333@s.whatsapp.net'] }],
      outcome({ id: '6283333333333@c.us', ok: true }),
    ),
  ],
  'group.reject': [
    (warest) => warest.group.reject({ session, group: gid, participants: ['+6283333333333'] }),
    row(
      'groups.rejectRequest',
      ['POST', '/group/participants/request/reject', { ...inGroup, participants: ['6283333333333@s.whatsapp.net'] }],
      outcome({ id: '6283333333333@c.us', ok: true }),
    ),
  ],
  'group.setSubject': [
    (warest) => warest.group.setSubject({ session, group: gid, subject: 'Renamed' }),
    row('groups.setName', ['POST', '/group/name', { ...inGroup, groupName: 'Renamed' }], did),
  ],
  'group.setDescription': [
    (warest) => warest.group.setDescription({ session, group: gid, description: '' }),
    row('groups.setDescription', ['POST', '/group/description', { ...inGroup, groupDescription: '' }], did),
  ],
  'group.setPicture': [
    (warest) => warest.group.setPicture({ session, group: gid, file: { data: png, mimetype: 'image/png' } }),
    row('groups.setPicture', ['POST', '/group/picture', { ...inGroup, picture }], did),
  ],
  'group.setAnnouncement': [
    (warest) => warest.group.setAnnouncement({ session, group: gid, announcement: true }),
    row('groups.setAnnouncement', ['POST', '/group/announcement', { ...inGroup, announcement: true }], did),
  ],
  'group.setLocked': [
    (warest) => warest.group.setLocked({ session, group: gid, locked: false }),
    row('groups.setLocked', ['POST', '/group/locked', { ...inGroup, locked: false }], did),
  ],
  'profile.get': [
    (warest) => warest.profile.get({ session }),
    row('profile.getInfo', ['GET', '/profile/info?sessionId=main'], {
      session,
      id: '6281234567890@c.us',
      name: 'Demo Shop',
      about: 'Hey there! I am using WhatsApp.',
      pictureUrl: 'https://pps.whatsapp.net/v/t61/demo.jpg',
    }),
  ],
  'profile.setPicture': [
    (warest) => warest.profile.setPicture({ session, file: { base64: picture } }),
    row('profile.setPicture', ['POST', '/profile/picture', { sessionId: session, picture }], did),
  ],
  'contact.profilePicture': [
    (warest) => warest.contact.profilePicture({ session, contact: to }),
    row('profile.onWhatsapp', ['GET', '/profile/on-whatsapp?sessionId=main&checkNumbers=6281111111111&deep=true'], { session }),
  ],
}

describe('verbs of WARest: contact, group, profile', () => {
  it('are all here', () => {
    const tested = new Set(Object.keys(cases).map((name) => name.split(' ')[0]))
    const ids = Object.keys(manifest.capabilities).filter((id) => /^(contact|group|profile)\./.test(id))
    expect(ids.filter((id) => !tested.has(id))).toEqual([])
  })

  it.each(Object.entries(cases))('%s', async (_name, [perform, expected]) => {
    await expectRow(perform, expected)
  })
})
