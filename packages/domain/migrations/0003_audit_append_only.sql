-- What is in the audit log stays as it is. Only entries older than `heartline.audit_expires_before` may be deleted, which the
-- platform sets for the one transaction in which it drops what is past its retention.
create function audit_log_append_only() returns trigger language plpgsql as $$
declare
  expires_before text := nullif(current_setting('heartline.audit_expires_before', true), '');
begin
  if tg_op = 'DELETE' and expires_before is not null then
    if old.at < expires_before::timestamptz then
      return old;
    end if;
  end if;
  raise exception 'audit_log is append-only' using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
create trigger audit_log_keeps_rows before update or delete on audit_log for each row execute function audit_log_append_only();
--> statement-breakpoint
create trigger audit_log_keeps_all before truncate on audit_log for each statement execute function audit_log_append_only();
