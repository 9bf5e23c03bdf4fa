/* SPDX-License-Identifier: MIT */
/* The bus: everybody is told, in the order of subscription, with his own data. */
#include "out/bus.h"

typedef struct Listener {
	GString *heard; /* shared */
	char letter;
	const Event *last;
} Listener;

static void
listen_in(void *data, const Event *event)
{
	Listener *listener = data;

	g_string_append_c(listener->heard, listener->letter);
	listener->last = event;
}

static void
test_order(void)
{
	g_autoptr(GString) heard = g_string_new(NULL);
	g_autoptr(Bus) bus = bus_new();
	Listener listeners[3] = {{heard, 'a', NULL}, {heard, 'b', NULL}, {heard, 'c', NULL}};
	Event event = {.kind = EVENT_JOIN};

	bus_tell(bus, &event);
	g_assert_cmpstr(heard->str, ==, "");
	for (unsigned i = 0; i < G_N_ELEMENTS(listeners); i++) {
		bus_subscribe(bus, listen_in, &listeners[i]);
		bus_tell(bus, &event);
		g_assert_true(listeners[i].last == &event);
	}
	g_assert_cmpstr(heard->str, ==, "aababc");
	bus_free(NULL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bus/order", test_order);
	return g_test_run();
}
