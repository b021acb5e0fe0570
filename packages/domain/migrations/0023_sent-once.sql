ALTER TABLE "messages" DROP CONSTRAINT "messages_sent_once";--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sent_once" UNIQUE("client_id","sender_id","conversation_id");