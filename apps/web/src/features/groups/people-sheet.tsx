import { type Conversation, type GroupMember, maxGroupNameLength } from '@app/api-client';
import { type UseGroupResult, useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical, ShieldCheck, ShieldMinus, UserMinus, UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '../../design/button';
import { TextField } from '../../design/field';
import { Menu, MenuItem } from '../../design/menu';
import { notifyError } from '../../design/notices';
import { Confirm, Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar } from '../people/person-or-gone';
import { ChoosePeople } from './choose-people';
import { GroupPicture } from './group-picture';

interface PeopleSheetProps {
  open: boolean;
  onOpen(open: boolean): void;
  conversation: Conversation;
  group: UseGroupResult;
}

/** Who is in a group and what they are there, with what one's own role allows. */
export function PeopleSheet({ open, onOpen, conversation, group }: PeopleSheetProps) {
  const t = useTexts('groups');
  const { user } = useAuth();
  const [isAdding, setIsAdding] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [removing, setRemoving] = useState<GroupMember | null>(null);
  const { pictureBy } = conversation;
  const painter = pictureBy === null || pictureBy === user?.id ? null : group.personOf(pictureBy);
  const mayManage = conversation.role === 'owner' || conversation.role === 'admin';
  const nameOf = ({ userId, person }: GroupMember) => (userId === user?.id ? t('you') : (person?.displayName ?? t('hidden')));

  async function add() {
    try {
      await group.add([...chosen]);
      setChosen([]);
      setIsAdding(false);
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <>
      <Sheet
        open={open}
        onOpen={onOpen}
        title={conversation.name ?? ''}
        description={t('people', { count: conversation.memberCount })}
        footer={
          isAdding && (
            <Button className="w-full" disabled={chosen.length === 0} onClick={() => void add()}>
              {t('addChosen', { count: chosen.length })}
            </Button>
          )
        }
      >
        {isAdding ? (
          <ChoosePeople chosen={chosen} onChoose={setChosen} except={group.members.map(({ userId }) => userId)} />
        ) : (
          <div className="grid gap-3">
            <GroupPicture picture={conversation.picture} by={painter} mayChange={mayManage} group={group} />
            {mayManage && <NameForm key={conversation.name} name={conversation.name ?? ''} onRename={group.rename} />}
            {mayManage && (
              <Button variant="soft" icon={<UserPlus className="size-5" />} onClick={() => setIsAdding(true)}>
                {t('add')}
              </Button>
            )}
            <ul className="grid gap-0.5">
              {group.members.map((member) => (
                <li key={member.userId} className="flex min-h-14 items-center gap-3">
                  <PersonAvatar person={member.person} className="size-11" />
                  <span className="grid min-w-0 grow">
                    {member.person && member.userId !== user?.id ? (
                      <Link to="/people/$userId" params={{ userId: member.userId }} className="truncate font-semibold hover:underline">
                        {nameOf(member)}
                      </Link>
                    ) : (
                      <span className="truncate font-semibold">{nameOf(member)}</span>
                    )}
                    {member.role !== 'member' && <span className="text-sm text-ink-soft">{t(`roles.${member.role}`)}</span>}
                  </span>
                  {member.userId !== user?.id && (
                    <MemberMenu
                      member={member}
                      name={nameOf(member)}
                      isOwner={conversation.role === 'owner'}
                      mayRemove={conversation.role === 'owner' || (mayManage && member.role === 'member')}
                      onRole={group.setRole}
                      onRemove={() => setRemoving(member)}
                    />
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Sheet>
      <Confirm
        open={removing !== null}
        onOpen={(isOpen) => !isOpen && setRemoving(null)}
        title={t('removeTitle', { name: removing ? nameOf(removing) : '' })}
        action={t('remove')}
        onConfirm={() => {
          if (removing) group.remove(removing.userId).catch((error: unknown) => notifyError(error));
        }}
      >
        {t('removeText')}
      </Confirm>
    </>
  );
}

function NameForm({ name, onRename }: { name: string; onRename(name: string): Promise<void> }) {
  const t = useTexts('groups');
  const [text, setText] = useState(name);
  const [isSaving, setIsSaving] = useState(false);
  const isNew = text.trim() !== '' && text.trim() !== name;

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!isNew) return;
    setIsSaving(true);
    try {
      await onRename(text.trim());
    } catch (error) {
      notifyError(error);
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <form className="flex items-end gap-2" onSubmit={(event) => void save(event)}>
      <div className="grow">
        <TextField label={t('name')} value={text} maxLength={maxGroupNameLength} onChange={(event) => setText(event.target.value)} />
      </div>
      {isNew && (
        <Button type="submit" pending={isSaving}>
          {t('save')}
        </Button>
      )}
    </form>
  );
}

interface MemberMenuProps {
  member: GroupMember;
  name: string;
  isOwner: boolean;
  mayRemove: boolean;
  onRole: UseGroupResult['setRole'];
  onRemove(): void;
}

function MemberMenu({ member: { userId, role }, name, isOwner, mayRemove, onRole, onRemove }: MemberMenuProps) {
  const t = useTexts('groups');
  if (!isOwner && !mayRemove) return null;
  const give = (to: GroupMember['role']) => void onRole(userId, to).catch((error: unknown) => notifyError(error));
  return (
    <Menu
      trigger={
        <IconButton label={t('optionsFor', { name })}>
          <EllipsisVertical className="size-5" aria-hidden="true" />
        </IconButton>
      }
    >
      {isOwner && role === 'member' && (
        <MenuItem icon={<ShieldCheck />} onSelect={() => give('admin')}>
          {t('makeAdmin')}
        </MenuItem>
      )}
      {isOwner && role === 'admin' && (
        <>
          <MenuItem icon={<ShieldCheck />} onSelect={() => give('owner')}>
            {t('makeOwner')}
          </MenuItem>
          <MenuItem icon={<ShieldMinus />} onSelect={() => give('member')}>
            {t('makeMember')}
          </MenuItem>
        </>
      )}
      {mayRemove && (
        <MenuItem icon={<UserMinus />} danger onSelect={onRemove}>
          {t('remove')}
        </MenuItem>
      )}
    </Menu>
  );
}
