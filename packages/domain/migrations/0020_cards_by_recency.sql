DROP INDEX "cards_by_cell_5";--> statement-breakpoint
DROP INDEX "cards_by_cell_4";--> statement-breakpoint
DROP INDEX "cards_by_cell_3";--> statement-breakpoint
CREATE INDEX "cards_by_cell_5" ON "discovery_cards" USING btree ("cell_5","last_active_at","gender","birth_date");--> statement-breakpoint
CREATE INDEX "cards_by_cell_4" ON "discovery_cards" USING btree ("cell_4","last_active_at","gender","birth_date");--> statement-breakpoint
CREATE INDEX "cards_by_cell_3" ON "discovery_cards" USING btree ("cell_3","last_active_at","gender","birth_date");