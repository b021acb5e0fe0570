import { X } from 'lucide-react';
import { AlertDialog, Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTexts } from '../language/use-texts';
import { Button, IconButton } from './button';
import { cx } from './cx';

const overlay =
  'fixed inset-0 z-40 bg-night/55 backdrop-blur-[2px] data-[state=open]:animate-[appear_200ms_ease-out] data-[state=closed]:animate-[vanish_160ms_ease-in_forwards]';

/** From below on a phone, in the middle on a wide screen. */
const panel = cx(
  'fixed z-50 bg-raised text-ink shadow-float outline-none flex flex-col max-h-[88dvh]',
  'inset-x-0 bottom-0 rounded-t-[1.75rem]',
  'data-[state=open]:animate-[sheet-in_320ms_var(--ease-out-soft)] data-[state=closed]:animate-[sheet-out_200ms_ease-in_forwards]',
  'sm:inset-0 sm:m-auto sm:h-fit sm:rounded-[1.75rem]',
  'sm:data-[state=open]:animate-[dialog-in_260ms_var(--ease-out-soft)] sm:data-[state=closed]:animate-[dialog-out_150ms_ease-in_forwards]',
);

interface SheetProps {
  open: boolean;
  onOpen(open: boolean): void;
  title: string;
  description?: string;
  /** Stays below while the rest scrolls. */
  footer?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function Sheet({ open, onOpen, title, description, footer, wide, children }: SheetProps) {
  const t = useTexts('words');
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlay} />
        <Dialog.Content
          className={cx(panel, 'safe-bottom', wide ? 'sm:w-[34rem]' : 'sm:w-[27rem]')}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-start justify-between gap-3 px-6 pt-5 pb-2">
            <div className="grid gap-1">
              <Dialog.Title className="text-xl font-bold">{title}</Dialog.Title>
              {description && <Dialog.Description className="text-sm text-ink-soft">{description}</Dialog.Description>}
            </div>
            <Dialog.Close asChild>
              <IconButton label={t('close')} size="sm" variant="soft" className="-mr-1.5">
                <X className="size-5" />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="scroll-quiet min-h-0 grow overflow-y-auto px-6 pt-2 pb-6">{children}</div>
          {footer && <div className="border-t border-line px-6 py-4">{footer}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onOpen(open: boolean): void;
  title: string;
  children: ReactNode;
  /** What the button that does it says. */
  action: string;
  onConfirm(): void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, onOpen, title, children, action, onConfirm }: ConfirmProps) {
  const t = useTexts('words');
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpen}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={cx(panel, 'gap-2 px-6 pt-6 pb-[calc(1.5rem+env(safe-area-inset-bottom))] sm:w-[25rem]')}>
          <AlertDialog.Title className="text-xl font-bold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-ink-soft">{children}</AlertDialog.Description>
          <div className="mt-4 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <AlertDialog.Cancel asChild>
              <Button variant="soft">{t('cancel')}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
