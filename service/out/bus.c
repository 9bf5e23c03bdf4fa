/* SPDX-License-Identifier: MIT */
#include "out/bus.h"

typedef struct Subscription {
	BusSubscriber subscriber;
	void *data;
} Subscription;

struct Bus {
	GArray *subscriptions;
};

Bus *
bus_new(void)
{
	Bus *bus = g_new0(Bus, 1);

	bus->subscriptions = g_array_new(FALSE, FALSE, sizeof(Subscription));
	return bus;
}

void
bus_free(Bus *bus)
{
	if (!bus)
		return;
	g_array_unref(bus->subscriptions);
	g_free(bus);
}

void
bus_subscribe(Bus *bus, BusSubscriber subscriber, void *data)
{
	Subscription subscription = {subscriber, data};

	g_array_append_val(bus->subscriptions, subscription);
}

void
bus_tell(const Bus *bus, const Event *event)
{
	for (guint i = 0; i < bus->subscriptions->len; i++) {
		const Subscription *subscription =
		    &g_array_index(bus->subscriptions, Subscription, i);

		subscription->subscriber(subscription->data, event);
	}
}
