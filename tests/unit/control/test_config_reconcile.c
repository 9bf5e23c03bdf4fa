/* SPDX-License-Identifier: MIT */
/* A change was recorded, then the power went: at the next start the files say what became of it. */
#include "control/config_reconcile.h"

#include "control/config_edit.h"
#include "control_fixture.h"

static void
add_pending(ControlFixture *fixture, const char *key, const char *to)
{
	g_autoptr(GPtrArray) items = config_items_new();
	StoreConfigChange change = {
	    .time = 1, .who = (char *)"test", .state = STORE_CHANGE_PENDING, .items = items};

	g_ptr_array_add(items, config_item_new("limits", key, "20", to));
	/* Nobody waits for the answer: closing the store commits it. */
	store_add_config_change(fixture->store, &change, NULL, NULL);
}

static void
test_settled_by_the_file(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) set = NULL;
	g_autoptr(json_t) history = NULL;

	control_fixture_init(&fixture, "[limits]\nnick = 30\n");
	add_pending(&fixture, "nick", "30");
	add_pending(&fixture, "topic", "200");
	add_pending(&fixture, "topic", NULL);
	control_fixture_restart(&fixture);
	test_peer_open(&peer, &fixture, 0);
	/* A change that comes at once waits until that is settled. */
	set = test_peer_result(&peer, "config.set",
	    "{\"changes\":[{\"section\":\"limits\",\"key\":\"topic\",\"value\":200}]}");
	g_assert_cmpint(json_integer_value(json_at(set, "id")), ==, 4);
	history = test_peer_result(&peer, "config.history", NULL);
	g_assert_cmpstr(json_text_at(history, "list.0.state"), ==, "done");
	g_assert_cmpstr(json_text_at(history, "list.1.state"), ==, "done");
	g_assert_cmpstr(json_text_at(history, "list.2.state"), ==, "failed");
	g_assert_cmpstr(json_text_at(history, "list.3.state"), ==, "done");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config-reconcile/settled", test_settled_by_the_file);
	return g_test_run();
}
