import type { ChatMessage } from '@app/api-client/react';
import { useChat, useDraft, useGroup } from '@app/api-client/react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { notifyError } from '../../design/notices';
import { useTitle } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { ErrorState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { useSecrecy } from '../encryption/secrecy';
import { CannotWrite, IdentityBanner } from '../encryption/secrecy-banner';
import { GroupHeader } from '../groups/group-header';
import { useNameOf } from '../people/person-or-gone';
import { useAttachments } from './attachments';
import { BackToChats, ChatHeader } from './chat-header';
import { ChatSkeleton } from './chat-skeleton';
import { ChoosingBar } from './choosing-bar';
import { ClosedBanner } from './closed-banner';
import { Composer } from './composer';
import { DropHere } from './drop-here';
import { FirstWords } from './first-words';
import { PinnedBar } from './pinned-bar';
import { ReactionPanel } from './reactions';
import { readMedia } from './read-media';
import { readPrivately } from './read-privately';
import { ReceiptsSheet } from './receipts-sheet';
import { spokenMessage } from './spoken-message';
import { Thread } from './thread';
import { useFileDrop } from './use-file-drop';
import type { VoiceMessage } from './voice-recording';

/** The service takes no more messages with one report. */
const maxChosen = 30;

/** Whom a note is about. */
function peopleOf(system: ChatMessage['system']): readonly string[] {
  if (system === null) return [];
  if (system.type === 'added') return system.userIds;
  return 'userId' in system ? [system.userId] : [];
}

export function ChatPage() {
  const { conversationId } = useParams({ from: '/inside/chats/$conversationId' });
  // What belongs to one conversation does not leak into the next.
  return <Chat key={conversationId} conversationId={conversationId} />;
}

function Chat({ conversationId }: { conversationId: string }) {
  const t = useTexts('chat');
  const [atNewest, setAtNewest] = useState(true);
  const { at } = useSearch({ from: '/inside/chats/$conversationId' });
  const navigate = useNavigate();
  const chat = useChat(conversationId, { atNewest, around: at });
  const { conversation, messages, error, restart } = chat;
  const goTo = useCallback(
    (seq: number | undefined) => {
      if (seq === undefined && at === undefined) return void restart();
      void navigate({
        to: '/chats/$conversationId',
        params: { conversationId },
        search: seq === undefined ? {} : { at: seq },
        replace: true,
      });
    },
    [navigate, conversationId, at, restart],
  );
  const retry = useRetry('conversations.get', 'messages.history', 'groups.members');
  const { draft, setDraft } = useDraft(conversation);
  const [editing, setEditing] = useState<ChatMessage | null>(null);
  const [edited, setEdited] = useState('');
  const [replying, setReplying] = useState<ChatMessage | null>(null);
  const [hiding, setHiding] = useState<ChatMessage | null>(null);
  const [deleting, setDeleting] = useState<ChatMessage | null>(null);
  /** The message that is asked about: who has read it. */
  const [receiptsOf, setReceiptsOf] = useState<ChatMessage | null>(null);
  /** The message that one looks for an emoji for, and what was pressed for it. */
  const [reactingTo, setReactingTo] = useState<ChatMessage | null>(null);
  const reactAnchor = useRef<HTMLElement>(null);
  /** Messages that are chosen to be reported; null: nothing is being chosen. */
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [isSecrecyOpen, setSecrecyOpen] = useState(false);
  const secrecy = useSecrecy();
  const isEncrypted = conversation !== undefined && conversation.encryptedAt !== null;
  const attachments = useAttachments();
  const canWrite = conversation?.open === true && chosen === null && editing === null && (!isEncrypted || secrecy.state === 'ready');
  const isDropping = useFileDrop(canWrite ? attachments.attach : null);
  const person = conversation?.person;
  const nameOf = useNameOf();
  const isGroup = conversation?.kind === 'group';
  const pictureBy = conversation?.pictureBy ?? null;
  const writers = useMemo(
    () => [
      ...messages.flatMap(({ senderId, replyTo, system }) => [senderId, ...(replyTo ? [replyTo.senderId] : []), ...peopleOf(system)]),
      // Who gave the group its picture may have left it long ago.
      ...(pictureBy === null ? [] : [pictureBy]),
    ],
    [messages, pictureBy],
  );
  const group = useGroup(isGroup ? conversationId : undefined, { writers });
  const { personOf: memberOf, isKnown } = group;
  const groupWords = useTexts('groups');
  const myId = conversation?.members[0]?.userId;
  const personOf = useCallback(
    (userId: string) => (isGroup ? memberOf(userId) : userId === myId ? null : (person ?? null)),
    [isGroup, memberOf, myId, person],
  );
  const nameOfSender = useCallback(
    (userId: string) => {
      if (userId === myId) return t('thread.you');
      if (!isGroup) return nameOf(person ?? null);
      // Who has left the group is asked for first: they are not hidden meanwhile.
      return memberOf(userId)?.displayName ?? (isKnown(userId) ? groupWords('hidden') : '…');
    },
    [isGroup, memberOf, isKnown, myId, person, nameOf, t, groupWords],
  );
  const name = conversation?.name ?? (person === undefined ? t('chat') : nameOf(person));
  useTitle(name);

  const { setTyping, remove, hide, react, pin } = chat;
  const toggle = useCallback(
    (id: string) => setChosen((now) => (now?.includes(id) ? now.filter((one) => one !== id) : [...(now ?? []), id].slice(-maxChosen))),
    [],
  );
  const startReply = useCallback((message: ChatMessage) => {
    setEditing(null);
    setReplying(message);
  }, []);
  const jumper = useRef<(messageId: string, seq: number) => void>(null);
  const answered = useMemo(
    () => replying && { name: nameOfSender(replying.senderId), text: spokenMessage(replying, t) },
    [replying, nameOfSender, t],
  );
  const onReact = useCallback((id: string, emoji: string | null) => void react(id, emoji).catch(notifyError), [react]);
  const startReacting = useCallback((message: ChatMessage, beside: HTMLElement | null) => {
    reactAnchor.current = beside;
    setReactingTo(message);
  }, []);
  const onPin = useCallback((id: string, pinned: boolean) => void pin(id, pinned).catch(notifyError), [pin]);
  const startEdit = useCallback((message: ChatMessage) => {
    setReplying(null);
    setEditing(message);
    setEdited(message.text ?? '');
  }, []);

  async function save(message: ChatMessage) {
    setEditing(null);
    if (!message.id) return;
    try {
      await chat.edit(message.id, edited.trim());
    } catch (cause) {
      notifyError(cause);
      // What was written is not lost.
      startEdit({ ...message, text: message.text });
      setEdited(edited);
    }
  }

  function send() {
    if (editing) return void save(editing);
    // What one says stands at the end.
    if (at !== undefined || chat.hasNewer) goTo(undefined);
    const files = attachments.take();
    const replyTo = replying?.id ?? undefined;
    if (files.length > 0) void sendFiles(files, draft, replyTo);
    else chat.send(draft, replyTo ? { replyTo } : {});
    setDraft('');
    setReplying(null);
  }

  /** Files one after another, in the order in which they were chosen: the first answers, and the words stand under the last. */
  async function sendFiles(files: readonly File[], text: string, replyTo: string | undefined) {
    const read = await Promise.allSettled(files.map(isEncrypted ? readPrivately : readMedia));
    for (const one of read) if (one.status === 'rejected') notifyError(one.reason);
    const readable = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    // Words are not lost with the files that they were to stand under.
    if (readable.length === 0) return setDraft(text);
    for (const [index, media] of readable.entries()) {
      const isFirst = index === 0;
      const isLast = index === readable.length - 1;
      chat.sendMedia(media, { ...(isLast && { text }), ...(isFirst && replyTo && { replyTo }) });
    }
  }

  function speak(voice: VoiceMessage) {
    if (at !== undefined || chat.hasNewer) goTo(undefined);
    chat.sendMedia(voice, replying?.id ? { replyTo: replying.id } : {});
    setReplying(null);
  }

  function write(text: string) {
    if (editing) return setEdited(text);
    setDraft(text);
    setTyping(text !== '');
  }

  if (error && (!conversation || messages.length === 0)) {
    return (
      <>
        <BackToChats className="m-2" />
        <ErrorState error={error} onRetry={retry} />
      </>
    );
  }
  if (!conversation || chat.isLoading) return <ChatSkeleton person={person} />;

  return (
    <>
      {isGroup ? (
        <GroupHeader conversation={conversation} group={group} typing={chat.typing.map(nameOfSender)} />
      ) : (
        <ChatHeader
          conversation={conversation}
          isTyping={chat.typing.length > 0}
          isSecrecyOpen={isSecrecyOpen}
          onSecrecy={setSecrecyOpen}
          onReport={() => {
            setEditing(null);
            setChosen([]);
          }}
        />
      )}
      {isEncrypted && conversation.person && <IdentityBanner person={conversation.person} onCompare={() => setSecrecyOpen(true)} />}
      <PinnedBar
        conversationId={conversationId}
        nameOfSender={nameOfSender}
        onJump={(id, seq) => jumper.current?.(id, seq)}
        onUnpin={(id) => onPin(id, false)}
      />
      {messages.length === 0 && conversation.person ? (
        <FirstWords person={conversation.person} canWrite={conversation.open} onPick={setDraft} />
      ) : (
        <Thread
          key={at ?? 'newest'}
          chat={chat}
          name={name}
          personOf={personOf}
          nameOfSender={nameOfSender}
          readersOf={isGroup ? group.readersOf : null}
          chosen={chosen}
          onChoose={toggle}
          onAtNewest={setAtNewest}
          jumper={jumper}
          around={at}
          onGo={goTo}
          onReply={startReply}
          onReact={onReact}
          onReactWithAny={startReacting}
          onPin={onPin}
          onEdit={startEdit}
          onDelete={setDeleting}
          onHide={setHiding}
          onRetry={chat.retry}
          onDiscard={chat.discard}
          onReceipts={setReceiptsOf}
        />
      )}
      {chosen !== null && conversation.person ? (
        <ChoosingBar person={conversation.person} chosen={chosen} messages={messages} onDone={() => setChosen(null)} />
      ) : conversation.open && isEncrypted && secrecy.state !== 'ready' ? (
        <CannotWrite />
      ) : conversation.open ? (
        <Composer
          text={editing ? edited : draft}
          onText={write}
          editing={editing?.text ?? null}
          replying={answered}
          onSend={send}
          attachments={attachments}
          onVoice={speak}
          onCancelEdit={() => setEditing(null)}
          onCancelReply={() => setReplying(null)}
          onEditLast={() => {
            const last = messages.findLast(({ mine, id, text }) => mine && id !== null && text !== null);
            if (last) startEdit(last);
          }}
          onLeave={() => setTyping(false)}
        />
      ) : (
        <ClosedBanner person={conversation.person} isGroup={isGroup} />
      )}
      {isDropping && <DropHere />}
      <ReactionPanel message={reactingTo} anchor={reactAnchor} onReact={onReact} onClose={() => setReactingTo(null)} />
      <ReceiptsSheet message={receiptsOf} onClose={() => setReceiptsOf(null)} onRetry={retry} />
      <Confirm
        open={hiding !== null}
        onOpen={(open) => !open && setHiding(null)}
        title={t('confirmHide.title')}
        action={t('hide')}
        onConfirm={() => {
          if (hiding?.id) hide(hiding.id).catch((cause: unknown) => notifyError(cause));
        }}
      >
        {t('confirmHide.text')}
      </Confirm>
      <Confirm
        open={deleting !== null}
        onOpen={(open) => !open && setDeleting(null)}
        title={t('confirmDelete.title')}
        action={t('delete')}
        onConfirm={() => {
          if (deleting?.id) remove(deleting.id).catch((cause: unknown) => notifyError(cause));
        }}
      >
        {t('confirmDelete.text')}
      </Confirm>
    </>
  );
}
