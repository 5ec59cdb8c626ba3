import type { CallOptions } from '../schema/call-options.ts'
import type {
  EditInput,
  ForwardInput,
  MarkSeenInput,
  MediaContent,
  Message,
  PinMessageInput,
  ReactInput,
  SendCaptionedInput,
  SendContactInput,
  SendFileInput,
  SendLocationInput,
  SendPollInput,
  SendTextInput,
  SentMessage,
  StarInput,
  WaitForAckInput,
} from './message.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChatRef, MessageRef } from './refs.ts'

/**
 * Messages. wamux never sends a message twice: it repeats a send only when the first attempt certainly did not reach the gateway. What
 * may have been sent ends as `unknown_outcome`.
 */
export interface MessageVerbs {
  /**
   * Sends a text.
   *
   * @param input session, recipient and text
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention or reply here; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendText(input: SendTextInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a picture.
   *
   * @param input session, recipient, file and caption
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendImage(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a video.
   *
   * @param input session, recipient, file and caption
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendVideo(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a sound file, which the chat shows with a player.
   *
   * @param input session, recipient and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendAudio(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a voice note, shown like a recorded one. WhatsApp plays Opus in OGG.
   *
   * @param input session, recipient and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendVoice(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends any file.
   *
   * @param input session, recipient, file and caption
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendDocument(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a sticker, a WebP picture.
   *
   * @param input session, recipient and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention, reply or take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendSticker(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a place.
   *
   * @param input session, recipient, latitude and longitude in degrees
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention or reply here; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendLocation(input: SendLocationInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends contact cards.
   *
   * @param input session, recipient and cards
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention or reply here; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendContact(input: SendContactInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Sends a poll.
   *
   * @param input session, recipient, question and 2 to 12 choices
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot mention or reply here; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendPoll(input: SendPollInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Forwards a message to another chat.
   *
   * @param input session, chat and id of the message, and the recipient
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the message, and how far it got
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  forward(input: ForwardInput, options?: CallOptions): Promise<SentMessage>
  /**
   * Reacts to a message with an emoji, or removes the reaction. Other people see it, so it counts as a send.
   *
   * @param input session, chat and id of the message, and the emoji
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  react(input: ReactInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Changes the text of an own message. WhatsApp allows it for about 15 minutes.
   *
   * @param input session, chat and id of the message, and the new text
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  edit(input: EditInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Deletes an own message for everyone. wamux never repeats it.
   *
   * @param input session, chat and id of the message
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  revoke(input: MessageRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Stars a message, or removes the star.
   *
   * @param input session, chat and id of the message
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  star(input: StarInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Pins a message in its chat, or unpins it.
   *
   * @param input session, chat and id of the message, and how long
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  pin(input: PinMessageInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Tells the sender that messages were read: blue ticks.
   *
   * @param input session, chat, and ids of the messages
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  markSeen(input: MarkSeenInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * One message as it is now.
   *
   * @param input session, chat and id of the message
   * @param options signal, deadline and attempts of this call
   * @returns the message
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: MessageRef, options?: CallOptions): Promise<Message>
  /**
   * The messages of a chat, newest first.
   *
   * @param input session, chat, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: ChatRef & PageInput, options?: CallOptions): Paged<Message>
  /**
   * Downloads the file inside a message.
   *
   * @param input session, chat and id of the message
   * @param options signal, deadline and attempts of this call
   * @returns its bytes and media type
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such message, or it has no file
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  downloadMedia(input: MessageRef, options?: CallOptions): Promise<MediaContent>
  /**
   * Checks a message repeatedly until it got as far as wanted.
   *
   * @param input session, chat and id of the message, how far it has to get, and how long to wait
   * @param options signal, deadline and attempts of this call
   * @returns the message
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or message
   * @throws {GatewayError} `timeout`: time was over; the message of the error says how far it got
   * @throws {GatewayError} `conflict`: the message failed
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  waitFor(input: WaitForAckInput, options?: CallOptions): Promise<Message>
}
