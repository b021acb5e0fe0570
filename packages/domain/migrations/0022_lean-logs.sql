ALTER TABLE "messages" DROP CONSTRAINT "messages_sender_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "sync_log" DROP CONSTRAINT "sync_log_user_id_users_id_fk";
--> statement-breakpoint
DROP INDEX "sync_log_by_age";--> statement-breakpoint
CREATE INDEX "sync_log_by_age" ON "sync_log" USING brin ("created_at");