import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx';

interface MenuProps {
  /** A button; gets its role and state from here. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  open?: boolean;
  onOpen?(open: boolean): void;
}

export function Menu({ trigger, children, align = 'end', open, onOpen }: MenuProps) {
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className="z-50 min-w-44 rounded-2xl border border-line bg-raised p-1.5 shadow-float data-[state=open]:animate-[dialog-in_160ms_var(--ease-out-soft)]"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Small choices side by side above the others. */
export function MenuRow({ children }: { children: ReactNode }) {
  return <DropdownMenu.Group className="mb-1 flex gap-0.5 border-b border-line pb-1">{children}</DropdownMenu.Group>;
}

interface MenuPickProps {
  label: string;
  isPicked: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuPick({ label, isPicked, onSelect, children }: MenuPickProps) {
  return (
    <DropdownMenu.Item
      aria-label={label}
      onSelect={onSelect}
      className={cx(
        'grid size-11 cursor-pointer place-items-center rounded-full text-2xl outline-none select-none data-highlighted:bg-sunken',
        isPicked && 'bg-heart-soft',
      )}
    >
      <span aria-hidden="true">{children}</span>
    </DropdownMenu.Item>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  danger?: boolean;
  onSelect(): void;
  children: ReactNode;
}

export function MenuItem({ icon, danger, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={cx(
        'flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 text-[0.9375rem] font-medium outline-none select-none [&>svg]:size-[1.1rem]',
        danger ? 'text-danger-ink data-highlighted:bg-danger-soft' : 'data-highlighted:bg-sunken',
      )}
    >
      {icon}
      {children}
    </DropdownMenu.Item>
  );
}
