/* SPDX-License-Identifier: MIT */
/* The disk is full while an administrator works: nothing is acknowledged that is not stored. */
#include "control/audit.h"

#include "control.h"
#include "control_fixture.h"
#include "fault_vfs.h"

#include <string.h>

#define SET_NICK(value)                                                                            \
	"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":" value "}]}"

static void
test_full_disk(void)
{
	static const char config[] = "[limits]\nnick = 20\n";
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *channel = NULL;
	g_autofree char *setting = NULL;
	g_autofree char *text = NULL;
	g_autoptr(json_t) audit = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	fault_vfs_set(FAULT_WRITE_FULL, 0);
	channel = test_peer_error(
	    &peer, "channel.register", "{\"channel\":\"#x\"}", CONTROL_ERROR_INTERNAL);
	g_assert_nonnull(strstr(channel, "could not be stored"));
	g_assert_nonnull(strstr(channel, "the disk is full"));
	setting = test_peer_error(&peer, "config.set", SET_NICK("30"), CONTROL_ERROR_INTERNAL);
	g_assert_nonnull(strstr(setting, "could not be recorded"));
	/* Without its record the file was not touched. */
	text = control_fixture_config(&fixture);
	g_assert_cmpstr(text, ==, config);
	/* Reading goes on, and with room again everything does. */
	json_decref(test_peer_result(&peer, "service.status", NULL));
	fault_vfs_set(FAULT_NONE, 0);
	json_decref(test_peer_result(&peer, "config.set", SET_NICK("30")));
	json_decref(test_peer_result(&peer, "channel.register", "{\"channel\":\"#y\"}"));
	audit = test_peer_result(&peer, "audit.list", NULL);
	g_assert_cmpint(json_integer_value(json_at(audit, "total")), ==, 2);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fault_vfs_register();
	g_test_add_func("/audit/full-disk", test_full_disk);
	return g_test_run();
}
